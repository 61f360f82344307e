// In which turn tests run with `--test-randomize`. Source of the rule: Node.js 24.21, lib/internal/test_runner: Mulberry32, one for each parent.
export function drawFrom(seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return (waiting) => waiting.splice(waiting.length < 2 ? 0 : Math.floor(random() * waiting.length), 1)[0];
}
