// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source of other languages, as text
// The sandbox's shell beside the bash and the GNU tools of this machine: same output, same errors, same exit code.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine } from '../create.ts';
import { createShell } from './shell.ts';

const lines = 'printf "%s\\n"';

/** What everyday lines do alike. */
const same: readonly string[] = [
  // words, quoting, expansion
  'echo hello   world',
  `echo 'one  two' "three  $((1 + 2))" fo\\ ur`,
  'x=5; echo "$x" \'$x\' "${x}px" $((x * 2)) $((2 ** 10)) $((7 / 2)) $((7 % 3))',
  'echo ${missing:-default} "${missing-}" ${missing:+set}; x=; echo "[${x:-empty}]"',
  'f=archive.tar.gz; echo ${f%.*} ${f%%.*} ${f#*.} ${f##*.} ${#f} ${f/tar/zip} ${f:0:7}',
  'x=hello; echo ${x^} ${x^^}; y=LOUD; echo ${y,,}',
  'echo {a,b}{1,2} {1..5} {05..07}',
  'touch a.txt b.txt c.md; echo *.txt ?.md *.none',
  "mkdir 'with space'; touch 'with space/a b.txt'; ls 'with space'; for f in with\\ space/*; do echo \"[$f]\"; done",
  `a=(one "two words" three); echo "\${a[1]}" \${#a[@]}; ${lines} "\${a[@]}"; a+=(four); echo "\${a[-1]}"`,
  'declare -A h; h[code]=build; h[test]=release; echo ${h[code]} ${#h[@]}',
  'echo $(echo inner; echo more) "$(printf "a\\nb\\n\\n")"',
  'set -- a "b c" d; echo $# "$2"; shift; echo "$1"; for w in "$@"; do echo "<$w>"; done',
  'echo ~ "~"; cd /; echo $PWD $OLDPWD | cut -d" " -f1',
  // lists, conditions, loops
  'true && echo yes || echo no; false && echo yes || echo no',
  'false; echo $?; ! true; echo $?; (exit 7); echo $?',
  'if [ -f nothing ]; then echo file; elif [ -d . ]; then echo folder; else echo none; fi',
  'x=3; [[ $x -gt 2 && $x != 4 ]] && echo between; [[ v1.2.3 =~ ^v([0-9]+) ]] && echo ${BASH_REMATCH[1]}; [[ abc == a* ]] && echo glob',
  'for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i',
  'for ((i = 0; i < 3; i++)); do printf "%d " $i; done; echo; until false; do echo once; break; done',
  'case deploy in build|test) echo ci;; dep*) echo cd;; *) echo other;; esac',
  'n=0; printf "a\\nb\\nc\\n" | while read -r line; do n=$((n+1)); echo "$n $line"; done; echo $n',
  'while IFS=, read -r name price; do echo "$name costs $price"; done < <(printf "bread,2\\nmilk,1\\n")',
  // functions, options
  'greet() { local who=${1:-world}; echo "hi $who"; return 3; }; greet; greet dev; echo $?',
  'f() { echo in f; }; g() { f | tr a-z A-Z; }; g',
  'set -e; false || echo rescued; if false; then :; fi; echo still here',
  'set -e; echo before; false; echo never',
  'set -u; echo ${nothing-fine}; (echo $nothing; echo never)',
  'set -o pipefail; false | true; echo $?',
  'set -x; echo traced; x=1',
  // pipes and files
  'echo one > f; echo two >> f; cat f; wc -l < f; cat < f | tail -n 1',
  'ls /nope 2> errors; echo $?; wc -l < errors; ls /nope > /dev/null 2>&1; echo $?',
  "cat <<EOF\nhome of $((40 + 2))\n  indented\nEOF\ncat <<'EOF'\n$raw\nEOF\ncat <<-EOF\n\ttabs go\nEOF",
  'cat <<< "a string"; tr a-z A-Z <<< shout',
  'printf "b\\na\\nc\\na\\n" | sort | uniq; printf "10\\n9\\n" | sort -n; printf "1 x\\n2 a\\n" | sort -k2',
  'seq 10 | head -n 3; seq 10 | tail -n 2; seq 2 3 11 | paste -sd,',
  'printf "a:b:c\\n" | cut -d: -f2; echo "x=1" | sed "s/x/y/; s/1/2/"; echo a b c | awk "{print \\$2, NF}"',
  'printf "GET /trips 200\\nGET /seats 500\\nPOST /trips 201\\n" > log; grep -c GET log; grep -n trips log; grep -v GET log; grep -q 404 log; echo $?',
  'printf "id,seats\\nA,3\\nB,5\\n" > t.csv; awk -F, \'NR > 1 { s += $2 } END { print s }\' t.csv',
  'echo "a b" | xargs -n1 echo item; printf "x\\ny\\n" | xargs -I{} echo "[{}]"',
  'mkdir -p a/b/c; touch a/b/f.js a/g.js; find a -name "*.js" | sort; find a -type d | sort',
  'echo hi | tee copy; cat copy; cp copy other; mv other moved; ls; rm copy; ls; rmdir nothing',
  'mkdir d; rm d; rm -r d; ls -A; rm -f nothing; echo $?',
  'ln -s target link; readlink link; echo text > target; cat link; [ -L link ] && echo is a link',
  'echo "echo ran with \\$1; exit 4" > s.sh; bash s.sh arg; echo $?; chmod +x s.sh; ls -l s.sh | cut -c1-10; ./s.sh again; echo $?',
  'basename /a/b.txt .txt; dirname /a/b.txt; realpath . | wc -l; pwd | wc -l',
  'mkdir p; cd p && pwd | xargs basename; cd .. ; cd - > /dev/null; pwd | xargs basename; cd nowhere; echo $?',
  'printf "%5.2f|%-5s|%05d|%x\\n" 3.14159 ab 42 255; printf "%s-%s\\n" a b c d; printf "%q\\n" "a b"',
  'echo -n no newline; echo; echo -e "tab\\there"; echo "quote \\"in\\" quotes"',
  // variables and environment
  'X=1; export Y=2; bash -c \'echo "[$X] [$Y]"\'; Z=3 bash -c \'echo $Z\'; echo "[$Z]"',
  'unset x; x+=a; x+=b; echo $x; readonly r=1; r=2; echo $?',
  'read -r a b <<< "one two three"; echo "$a|$b"; IFS=: read -r u _ <<< "dev:x"; echo $u',
  'alias ll="ls -l"; alias; type cd; type nothing',
  'echo "$@" $0 $#; echo $((0x1f)) $((010)); let "z = 4 * 2"; echo $z',
  '(cd /; x=inner; echo $x); echo "[$x]"; { y=group; }; echo $y',
  'diff <(printf "a\\nb\\n") <(printf "a\\nc\\n"); echo $?; test 1 -eq 1 -a 2 -gt 1; echo $?',
  'date -u -d @0 +%Y-%m-%dT%H:%M:%SZ; date -u -d 2026-03-02 +%A',
  'echo \'{"a": [1, 2], "b": {"c": "x"}}\' > j.json; wc -c < j.json; tr -d "{}" < j.json',
  // background jobs in a script
  'sleep 0.1 & wait $!; echo $?; (exit 3) & wait $!; echo $?',
  '{ sleep 0.05; echo late; } & echo early; wait; echo done',
  // mistakes
  'frobnicate now; echo $?',
  'cat nothing; echo $?; ls nothing; echo $?; cd nothing; echo $?',
  './nothing; echo $?; touch plain; ./plain; echo $?; mkdir dir; ./dir; echo $?',
  'echo a > missing/f; echo $?; cat < missing; echo $?',
  'mkdir a; mkdir a; echo $?; cp a b; echo $?; mv nothing here; echo $?; touch x/y; echo $?',
  'grep; echo $?',
  'sqlite4 x; js-exec x; echo $?',
  'set -e; f() { false; echo in; }; f || echo code; ! f; if f; then echo ok; fi; f; echo never',
  'set -e; x=$(false) || echo failed; false; echo never',
  'false; a=b; echo $?; a=$(false); echo $?; $(echo echo split words)',
  '[ 1 -lt x ]; echo $?; x="a b"; [ $x = y ]; echo $?; [ "$x" = "a b" ] && echo equal',
  '(echo ${nothing:?is needed}; echo never); echo going on',
  "printf 'a\nb\nc\n' > x; printf 'a\nB\nc\nd\n' > y; diff x y; echo $?; diff -q x y; diff x x; echo $?; diff -u x y | tail -n +3",
  'seq 12 > x; seq 3 14 | sed s/7/seven/ > y; diff x y; : > z; diff z x | head -2; diff x z | head -2',
  "printf 'a\nb c\n' > f; wc f; wc -l < f; cat f | wc; printf 'a\na\nb\n' | uniq -c",
  `printf '%s\\n' a b c | paste -sd+; seq 4 | paste - -; echo a,b | awk -F, -v OFS=- '{ $1 = $1; print }'; echo x | awk -vn=2 '{ print n * 2 }'`,
  'mkdir d; echo needle > d/x; grep -r needle .; grep -rn needle d; grep -rl needle .; (cd d; grep -rc needle .)',
  'mkdir d; touch a "b c" .h d/x; ls; ls -a; ls -A; ls -1r; ls -d d; ls d a; ls -R; ls -F; ls -p; ls nope d; echo $?; ls -9; echo $?',
  'touch a; chmod 640 a; ln -s a l; ls -l a l | cut -c1-11; ls -l a | cut -d" " -f2; chmod u+x,g-r a; ls -l a | cut -c1-10; mkdir -p d/e; ls -ld d | cut -d" " -f1,2',
  'head nothing; echo $?; tail nothing; echo $?; sort nothing; echo $?; rm nothing; echo $?; wc nothing; echo $?; touch x/y; echo $?',
  'cat -x; mkdir; rm; cp; cp a; mv a; rmdir; touch; echo $?',
  'mktemp | cut -c1-9; f=$(mktemp -d); [ -d $f ] && echo folder; rmdir $f; mktemp nox; echo $?',
  'uname; uname -s; id -u -n | wc -l; nproc | wc -l; realpath nothing x/y; echo $?; realpath a/../b; echo $?; realpath; echo $?',
  'echo abc > a; echo abd > b; cmp a b; echo $?; cmp a a; echo $?; cmp -s a b; echo $?; cmp a nothing; echo $?; printf ab > c; cmp a c; echo $?',
  "printf 'a b\nc d\n' | while read x y; do echo $y $x; done; printf 'x' | { read v || echo partial $v; }",
  'x=1; x=2 true; echo $x; f() { echo $v; }; v=7 f; echo "[$v]"',
  'tr a b < /dev/null; cat /dev/null; wc -c < /dev/null; cp /dev/null empty; wc -c < empty; echo gone > /dev/null',
  'kill -0 $$; echo $?; sleep 5 & kill -0 $!; echo $?; kill $!; wait $!; echo $?',
  'break; echo $?; f() { return 4; }; f; echo $?',
  'exit 9',
];

interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const base = mkdtempSync(join(tmpdir(), 'noventa-bash-'));
const hasBash = existsSync('/bin/bash');

/** Without the number of the line, which bash tells only where nobody types, and with the home of the sandbox. */
function plain(text: string, home: string): string {
  return text.replaceAll(home, '/home/dev').replaceAll(/^bash: line \d+: /gm, 'bash: ');
}

function inSandbox(script: string): Promise<Ending> {
  const machine = createMachine({ kernel: createKernel({ seed: 'same' }), language: 'en' });
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return createShell(machine, [], undefined, { pause }).run(script);
}

function onThisMachine(index: number): Ending {
  const read = (name: string): string =>
    plain(readFileSync(join(base, `${index}.${name}`), 'utf8'), join(base, String(index)));
  return { stdout: read('out'), stderr: read('err'), exitCode: Number(read('code')) };
}

describe.skipIf(!hasBash)('as in bash', () => {
  beforeAll(() => {
    for (const [index, script] of same.entries()) {
      mkdirSync(join(base, String(index)));
      writeFileSync(join(base, `${index}.sh`), script);
    }
    // One process that runs them all, each in a folder of its own that is its home.
    const all = `for i in $(seq 0 ${same.length - 1}); do
      (cd $i && HOME=$PWD exec bash -c "$(cat ../$i.sh)" bash > ../$i.out 2> ../$i.err < /dev/null)
      echo $? > $i.code
    done`;
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
    spawnSync('/bin/bash', ['-c', all], { cwd: base, env });
  });
  afterAll(() => rmSync(base, { recursive: true }));

  test.each(same.map((script, index) => ({ script, index })))('$script', async ({ script, index }) => {
    const { stdout, stderr, exitCode } = await inSandbox(script);
    expect({ stdout, stderr, exitCode }).toEqual(onThisMachine(index));
  });
});
