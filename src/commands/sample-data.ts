import labels from '../../fixtures/labels.csv';
import reference from '../../fixtures/reference.csv';
import stream from '../../fixtures/stream.csv';

/** The synthetic files of fixtures/, which the bundler puts into the executable. */
export const sampleData = { reference, stream, labels } as const;
