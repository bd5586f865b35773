/** Id of the demo's connection, which is in no settings. */
export const demoId = 'demo';
