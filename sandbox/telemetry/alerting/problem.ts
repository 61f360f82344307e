/** What is wrong with a configuration or a command's argument, in the words of the real tool. Never leaves the room: doors return it. */
export class ConfigProblem extends Error {}
