// node:test. Source of the rules: Node.js 24 documentation, "Test runner", and what node prints.
import { host } from 'node:internal/host';
import { afterOf, beforeOf, hook, root, suite, testIn } from 'node:internal/test/tree';

/** The test or suite whose function runs just now: where `test()` without a context belongs. */
const within = () => root.collecting ?? root;

const variants = (make) => {
  const call = (...args) => make(within(), args, {});
  call.skip = (...args) => make(within(), args, { skip: true });
  call.todo = (...args) => make(within(), args, { todo: true });
  call.only = (...args) => make(within(), args, { only: true });
  return call;
};

export const test = variants(testIn);
export const it = variants(testIn);
export const describe = variants(suite);
export { describe as suite };
export const before = (fn, options) => beforeOf(within(), fn, options);
export const after = (fn, options) => afterOf(within(), fn, options);
export const beforeEach = (fn, options) => hook(within(), 'beforeEach', fn, options);
export const afterEach = (fn, options) => hook(within(), 'afterEach', fn, options);
let tracker;
/** Made when it is first used: few tests mock anything. */
export const mock = new Proxy(
  {},
  {
    get(_, name) {
      tracker ??= new (host.importNow('node:internal/test/mock').MockTracker)();
      return typeof tracker[name] === 'function' ? tracker[name].bind(tracker) : tracker[name];
    },
  },
);

const usual = () => host.importNow('node:internal/test/snapshot').usual;
export const snapshot = {
  setDefaultSnapshotSerializers: (serializers) => void Object.assign(usual(), { serializers }),
  setResolveSnapshotPath: (pathOf) => void Object.assign(usual(), { pathOf }),
};

export const { only, skip, todo } = test;

const hooks = { before, after, beforeEach, afterEach };
export default Object.assign(test, { test, it, describe, suite: describe, ...hooks, mock, snapshot });
