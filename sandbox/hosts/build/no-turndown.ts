// Imported by a command of just-bash that the sandbox leaves out (`html-to-markdown`); the package looks for a document at load.
export default undefined;
