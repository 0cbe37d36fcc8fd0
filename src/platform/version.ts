declare const MLOPS_VERSION: string | undefined;

/** Version of the program; the bundler writes it in, outside the executable it is 'development'. */
export const version: string = typeof MLOPS_VERSION === 'undefined' ? 'development' : MLOPS_VERSION;
