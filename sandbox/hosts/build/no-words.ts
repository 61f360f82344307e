// In the place of packages that the sandbox imports and never calls: `turndown` (of a command of just-bash that is left out; it looks
// for a document when it is loaded) and `cronstrue` (of the workflow parser, for the hints of an editor).
export default undefined;
