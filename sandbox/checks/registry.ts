import { listArtifacts, readArtifact } from '../platform/desk.ts';
import type { RegistryView } from './contract.ts';
import type { DeskParts } from './parts.ts';

/** What checks see of the company's registry. */
export function registryView({ machine: { files } }: DeskParts): RegistryView {
  return { artifacts: (name) => listArtifacts(files, name), bytes: (artifact) => readArtifact(files, artifact) };
}
