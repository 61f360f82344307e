// What the script of the part `git` holds: what is seldom needed of git, and how each of its commands is used.
export { rareGit } from '../tools/git/rare/index.ts';
