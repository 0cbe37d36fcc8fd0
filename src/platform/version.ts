declare const MLOPS_VERSION: string | undefined;

/** Whether this runs from the executable, whose bundler writes the version in. */
export const builtIn = typeof MLOPS_VERSION !== 'undefined';

/** Version of the program; outside the executable it is 'development'. */
export const version: string = typeof MLOPS_VERSION === 'undefined' ? 'development' : MLOPS_VERSION;
