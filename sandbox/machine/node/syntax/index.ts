// What is behind this door: the words of a JavaScript text, its syntax tree, and what stands where in it.
export { around, firstValue, functionAt, isWithin, nameOf, nodesOf, parentOf } from './around.ts';
export { type Body, bodyOf, declarerOf } from './functions.ts';
export { offsetOf, placeAt } from './lines.ts';
export { isClass, isFunction, type Node } from './nodes.ts';
export { isReserved, wordFrom } from './scanner.ts';
export { type Bracket, closers, endsValue, type Token, tokensOf } from './tokens.ts';
export { type Tree, treeOf, unreadableAt } from './tree.ts';
export { wordsOf } from './words.ts';
