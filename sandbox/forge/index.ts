// The forge: the company's git server. Its repositories are bare ones in /srv/git of the machine.
export { gitFiles, placeAt } from './git-files.ts';
export { copyObjects, folderOfUrl, isAncestor, openOrigin, type RefResult, receivePush } from './origin.ts';
export * from './records.ts';
export { type Commit, openRepository, type Repository } from './repository.ts';
export { folderOf, openStore, readDocument, readDocuments, type Store, writeDocument } from './store.ts';
export { changedPaths, type Place, readTree, sameFile, type TreeFile, type TreeFiles } from './tree.ts';
