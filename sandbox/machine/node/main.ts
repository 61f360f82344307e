// How a program begins: with the file, the code or the module of the library that `node` was given.
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import { resolvePath } from '../files/index.ts';
import { evalName, type GuestFunction, type Program, type ProgramStart } from './contract.ts';
import { urlOf } from './module-names.ts';
import { asFunction, hasModuleSyntax } from './module-text.ts';
import { isTypeScript } from './typescript.ts';
import { Fault, type Outcome, type Value } from './vm.ts';

export interface Main {
  /** Whether its body is a promise job itself. */
  isModule(): boolean;
  run(): Outcome;
  /** Whether the module that was started has been rejected; said once. */
  hasFailed(): boolean;
  /** Whether the module that was started still waits for something. */
  isPending(): boolean;
  /** Before it is run from its beginning once more. */
  forget(): void;
}

/** @param call calls a function of the library */
export function createMain(program: Program, call: (name: GuestFunction, ...args: Value[]) => Outcome): Main {
  const { io, modules, start } = program;
  const { files } = io.machine;
  let main: QuickJSHandle | undefined;
  const isIn = (state: 'pending' | 'rejected'): boolean =>
    main !== undefined && program.vm.context.getPromiseState(main).type === state;

  function run(): Outcome {
    if (start.kind === 'file') return startFile(start);
    if (start.kind === 'code') return startCode(start);
    return program.vm.evaluate(`import '${start.name}';`, 'node:internal/main', 'module');
  }

  function isModuleFile(word: string): boolean {
    const path = findMain(resolvePath(io.cwd, word));
    return path !== undefined && modules.format(path) === 'module';
  }

  function startFile({ path: word, check }: Extract<ProgramStart, { kind: 'file' }>): Outcome {
    const path = findMain(resolvePath(io.cwd, word));
    if (path === undefined) return call('runMain', resolvePath(io.cwd, word));
    const url = urlOf(path);
    const isModule = modules.format(path) === 'module';
    // Types are no JavaScript: that is what is checked.
    if (check && isTypeScript(path)) return program.vm.compile(files.readText(path), path, 'module');
    if (check && !isModule) return program.vm.compile(asFunction(modules.codeOf(path)), path, 'global');
    if (!isModule) return call('runMain', path);
    modules.main = url;
    if (check) return program.vm.compile(modules.read(url), url, 'module');
    return evaluateModule(() => program.read(url), url);
  }

  function startCode({ code: text, print, module, isInput }: Extract<ProgramStart, { kind: 'code' }>): Outcome {
    if (print && !module && hasModuleSyntax(text)) return call('cannotPrint');
    if (module || hasModuleSyntax(text))
      return evaluateModule(() => modules.evalCode(text, io.cwd), urlOf(`${io.cwd}/[eval1]`));
    const prepared = call('runCode', evalName(isInput));
    if (!('value' in prepared)) return prepared;
    const outcome = program.vm.evaluate(text, evalName(isInput), 'global');
    if ('error' in outcome && /\bawait\b/.test(text) && isSyntaxError(outcome.error)) {
      if (print) return call('cannotPrint');
      return evaluateModule(() => modules.evalCode(text, io.cwd), urlOf(`${io.cwd}/[eval1]`));
    }
    return 'value' in outcome && print ? call('printResult', outcome.value) : outcome;
  }

  function isSyntaxError(error: QuickJSHandle): boolean {
    return program.vm.context.dump(program.vm.context.getProp(error, 'name')) === 'SyntaxError';
  }

  /** What cannot be read is imported: the reason is told to the program then. */
  function textOf(read: () => string): string | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  function evaluateModule(read: () => string, url: string): Outcome {
    program.starting = true;
    const text = textOf(read);
    const outcome =
      text === undefined
        ? program.vm.evaluate(`import ${JSON.stringify(url)};`, 'node:internal/main', 'module')
        : program.vm.evaluate(text, url, 'module');
    program.starting = false;
    if ('value' in outcome) main = outcome.value;
    // The promise of a module that failed at once is rejected too; the error is told once.
    else if ('error' in outcome) program.vm.rejections.forget(outcome.error);
    return outcome;
  }

  function findMain(path: string): string | undefined {
    const found = [path, `${path}.js`, `${path}.json`, `${path}/index.js`].find(
      (candidate) => files.exists(candidate) && files.stat(candidate).type === 'file',
    );
    return found === undefined ? undefined : files.realpath(found);
  }

  return {
    isModule: () => start.kind === 'library' || (start.kind === 'file' && isModuleFile(start.path)),
    run,
    hasFailed() {
      const failed = isIn('rejected');
      if (failed) main = undefined;
      return failed;
    },
    isPending: () => isIn('pending'),
    forget() {
      main = undefined;
    },
  };
}
