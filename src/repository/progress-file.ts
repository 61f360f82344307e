/** Where the records of progress lie in a course repository: what brings everything back on another device. */
export const PROGRESS_FILE = '.noventa/progress.json';
