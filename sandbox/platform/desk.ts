// What of the platform is on every desk, whether the company has a production or not. The rest is in a script of its own.
export { withServices } from './company.ts';
export { beginAnew, hasProduction } from './production/document.ts';
export { listArtifacts, readArtifact } from './registry/artifacts.ts';
export { imageOf } from './registry/image.ts';
