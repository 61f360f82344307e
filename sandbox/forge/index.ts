// The forge: the company's git server. Its repositories are bare ones in /srv/git of the machine, what it keeps beside them are
// documents in /srv/forge.
export { advanceForge, mergesByItself } from './advance.ts';
export { isAncestor } from './ancestor.ts';
export type { Answer } from './answer.ts';
export { type CheckOut, writeCheckOut } from './check-out.ts';
export { copyObjects } from './copy-objects.ts';
export { type Forge, fullNameOf, openForge } from './forge.ts';
export { makeFork, ownerOf, parentOf, tipOfHead } from './fork.ts';
export { diskOf, gitFiles, placeAt, placeOn } from './git-files.ts';
export { closeIssue, editIssue, openIssue, reopenIssue } from './issues.ts';
export { deleteHead, mergePull, pullUrl } from './merge-pull.ts';
export { mergeStateOf, requiredChecksOf, reviewDecisionOf } from './mergeability.ts';
export { folderOfUrl, openOrigin, type RefResult, receivePush } from './origin.ts';
export { changePeople, LOGIN_VARIABLE, loginOf, personOf } from './people.ts';
export { closePull, editPull, openPull, reopenPull, review, setDraft } from './pulls.ts';
export { enqueue } from './queue.ts';
export * from './records.ts';
export {
  assetBytes,
  generatedNotes,
  publishRelease,
  type ReleaseWish,
  removeRelease,
  uploadAsset,
} from './releases.ts';
export { type Commit, openRepository, type Repository } from './repository.ts';
export { rulesOn } from './rules.ts';
export { folderOf, openStore, readDocument, readDocuments, type Store, writeDocument } from './store.ts';
export { BOT, giveToken, mayDo, type Permissions, type Token, tokenOf } from './token.ts';
export { changedPaths, type Place, readTree, sameFile, type TreeFile, type TreeFiles } from './tree.ts';
export { updateBranch } from './update-branch.ts';
export { deliver, deliveriesOf } from './webhooks.ts';
