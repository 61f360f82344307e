// The channel between a program and one that it forked: each tells the other values, as JSON.
import { nodeError, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { operation } from 'node:internal/operations';
import { nextTick } from 'node:internal/timers';

const isSent = (value) => value === null || /^(string|object|number|boolean)$/.test(typeof value);

/** Gives one side what it talks with. `id` names the channel for the machine. @returns what hears the other side. */
export function talk(side, id) {
  /** What came before anybody listened. */
  const held = [];
  const flush = () => {
    while (held.length > 0 && side.listenerCount('message') > 0) side.emit('message', held.shift(), undefined);
  };
  side.on('newListener', () => nextTick(flush));
  Object.assign(side, {
    connected: true,
    channel: { ref() {}, unref() {} },
    send(message, ...rest) {
      if (message === undefined)
        throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
      if (!isSent(message)) throw wrongType('message', 'one of type string, object, number, or boolean', message);
      const done = rest.find((one) => typeof one === 'function');
      if (side.connected) {
        host.say(id, JSON.stringify(message));
        if (done) globalThis.setImmediate(done, null);
        return true;
      }
      const error = nodeError(Error, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed');
      nextTick(done ?? (() => side.emit('error', error)), error);
      return false;
    },
    disconnect() {
      if (!side.connected)
        return void side.emit('error', nodeError(Error, 'ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected'));
      side.connected = false;
      host.hangUp(id);
    },
  });
  return (text) => {
    if (text !== '') {
      held.push(JSON.parse(text));
      return flush();
    }
    side.connected = false;
    side.channel = null;
    side.emit('disconnect');
  };
}

/** The program that was forked: while it listens, it goes on. */
export function connect(process) {
  const hear = talk(process, 0);
  let keeps = true;
  const keep = (wanted) => {
    if (keeps !== wanted) host.keepAlive(wanted ? 1 : -1);
    keeps = wanted;
  };
  void operation(
    (id) => host.hearParent(id),
    (_, text) => {
      if (text === '') keep(false);
      hear(text);
    },
  );
  keep(false);
  const isTalk = (name) => name === 'message' || name === 'disconnect';
  process.channel.ref = () => keep(true);
  process.channel.unref = () => keep(false);
  process.on('newListener', (name) => {
    if (isTalk(name) && process.connected) keep(true);
  });
  process.on('removeListener', (name) => {
    if (isTalk(name) && !process.listenerCount('message') && !process.listenerCount('disconnect')) keep(false);
  });
}
