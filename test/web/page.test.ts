import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { AppError } from '../../src/core/errors/app-error.js'
import type { Answer, AnswerEvent } from '../../src/core/types/answer.js'
import { compileClient, findChromium } from '../helpers/compile-client.js'
import { type FakeScript, fakeAnswer, fakeCitation, fakeSources } from '../helpers/fake-pilotbook.js'
import { type ServedFake, serveFake } from '../helpers/serve-fake.js'

const executablePath = findChromium()

describe.skipIf(executablePath === undefined)(
  'the page in Chromium (skipped where neither PILOTBOOK_CHROMIUM nor a usual path has one)',
  () => {
    let browser: Browser
    let client: ReturnType<typeof compileClient>

    beforeAll(async () => {
      client = compileClient()
      const args = ['--no-sandbox', '--disable-gpu']
      browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args })
    })
    afterAll(async () => {
      await browser?.close()
      client?.remove()
    })

    interface Opened {
      readonly page: Page
      readonly served: ServedFake
      /** Errors of the console and of scripts, so far. */
      readonly errors: readonly string[]
      /** Addresses outside the service that the page has asked for. */
      readonly outside: readonly string[]
    }

    async function open(script: FakeScript = {}, path = '/', look: BrowserContextOptions = {}): Promise<Opened> {
      const served = await serveFake(script, { clientDir: client.clientDir })
      const context = await browser.newContext(look)
      onTestFinished(() => context.close())
      const page = await context.newPage()
      const errors: string[] = []
      const outside: string[] = []
      page.on('console', (message) => (message.type() === 'error' ? errors.push(message.text()) : undefined))
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('request', (request) => (request.url().startsWith(served.url) ? undefined : outside.push(request.url())))
      await page.goto(served.url + path)
      return { page, served, errors, outside }
    }

    const askByEnter = async (page: Page, question: string): Promise<void> => {
      await page.keyboard.type(question)
      await page.keyboard.press('Enter')
    }

    test('a question typed at once and sent by Enter is answered, and its chip leads through the source to the marked quote', async () => {
      const { page, served, errors, outside } = await open()
      await askByEnter(page, 'How is a client different from a daemon?')
      await page.getByText(/^Answered in/).waitFor()
      expect(await page.locator('#answer-question').textContent()).toBe('How is a client different from a daemon?')
      expect(await page.locator('#answer-text strong').textContent()).toBe('client')
      expect(served.fake.calls.find((call) => call.name === 'ask')?.request).toEqual({
        question: 'How is a client different from a daemon?',
      })

      await page.getByRole('link', { name: 'Source 1: Handbook › Client, daemon and host › Client and daemon' }).click()
      const source = page.locator('#source-list a')
      expect(await source.evaluate((link) => link === document.activeElement)).toBe(true)
      expect(await page.locator('#source-1').textContent()).toContain(fakeCitation.quote)
      expect(await page.locator('#source-1').textContent()).toContain('line 14')

      await page.keyboard.press('Enter')
      const mark = page.locator('#reader mark')
      await mark.waitFor()
      expect(await mark.textContent()).toBe(fakeCitation.quote)
      expect(await isInView(page, '#reader mark')).toBe(true)
      expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe(fakeCitation.url)

      await page.keyboard.press('Escape')
      await page.locator('#reader').waitFor({ state: 'hidden' })
      await expect.poll(() => new URL(page.url()).pathname).toBe('/')
      expect(await page.locator('#answer-text').isVisible()).toBe(true)
      expect([errors, outside]).toEqual([[], []])
    })

    test('the answer ends with the models and all books asked, as the original page did', async () => {
      const { page } = await open()
      await askByEnter(page, 'What?')
      await page.getByText(/^Answered in/).waitFor()
      const facts = (await page.locator('#facts').innerText()).split('\n').filter((line) => line.trim() !== '')
      expect(facts).toEqual([
        'AI Model: none (quoted from the books)',
        'Embedding Model: none (word search)',
        'RAG Citation (Knowledge Base):',
        'handbook/',
      ])
      expect(await page.locator('#notices').innerText()).toContain('No language model wrote this')
    })

    test('words are shown as they come, and Stop ends the answer and keeps them', async () => {
      const { page, served, errors } = await open({
        steps: [fakeSources, { kind: 'delta', text: 'The **client** sends' }, { kind: 'hang' }],
      })
      await askByEnter(page, 'What?')
      await page.getByText('The client sends').waitFor()
      expect(await page.locator('#answer').getAttribute('aria-busy')).toBe('true')
      expect(await page.locator('#facts').isVisible()).toBe(false)
      await page.getByRole('button', { name: 'Stop' }).click()
      await page.getByText('Stopped.').waitFor()
      await expect.poll(() => served.fake.aborts).toMatchObject([{ code: 'INTERRUPTED' }])
      expect(await page.locator('#answer-text').innerText()).toBe('The client sends')
      expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(false)
      expect(errors).toEqual([])
    })

    test('leaving the page stops the answer', async () => {
      const { page, served } = await open({ steps: [fakeSources, { kind: 'hang' }] })
      await askByEnter(page, 'What?')
      await served.fake.hanging
      await page.close()
      await expect.poll(() => served.fake.aborts).toMatchObject([{ code: 'INTERRUPTED' }])
    })

    test('hostile text in answer, quote, notice and book stays text', async () => {
      const evil = '<script>window.hit=1</script><img src="http://outside.example/x" onerror="window.hit=1"><b onclick="hit=1">b</b>'
      const markdown = `${evil}\n\n- ${evil}\n\n[x](javascript:window.hit=1) ![y](http://outside.example/y) [1]\n\n\`\`\`<img src=x>\n${evil}\n\`\`\``
      const citation = { ...fakeCitation, quote: evil, book: { id: 'handbook', title: evil }, url: 'javascript:window.hit=1' }
      const answer: Answer = {
        ...fakeAnswer,
        markdown,
        citations: [citation],
        sentences: [],
        notices: [{ code: 'X', text: evil }],
        aiModel: evil,
        knowledgeBase: [evil],
      }
      const steps: AnswerEvent[] = [
        fakeSources,
        { kind: 'delta', text: markdown },
        { kind: 'citation', citation },
        { kind: 'done', answer },
      ]
      const { page, errors, outside } = await open({ steps })
      await askByEnter(page, evil)
      await page.getByText(/^Answered in/).waitFor()
      expect(await page.locator('#answer-text').innerText()).toContain('<script>window.hit=1</script><img src="http://outside.example/x"')
      expect(await page.locator('#answer script, #answer img, #answer b[onclick]').count()).toBe(0)
      expect(await page.locator('#source-list a').getAttribute('href')).toBe('/')
      await page.locator('#source-list a').click()
      expect(await page.evaluate(() => 'hit' in window)).toBe(false)
      expect([errors, outside]).toEqual([[], []])
    })

    test('an error is shown with its message and remedy, also in mid-answer', async () => {
      const error = new AppError('OLLAMA_CUT', { url: 'http://localhost:11434', problem: 'socket closed' })
      const { page } = await open({ steps: [fakeSources, { kind: 'delta', text: 'The client' }, { kind: 'fail', error }] })
      await askByEnter(page, 'What?')
      const alert = page.getByRole('alert')
      await alert.waitFor()
      expect(await alert.innerText()).toContain(error.message)
      expect(await alert.innerText()).toContain(error.remedy.replaceAll('`', ''))
      expect(await page.locator('#answer-text').innerText()).toBe('The client')
    })

    test('a service that has gone away is told as such', async () => {
      const { page, served } = await open()
      await served.close()
      await askByEnter(page, 'What?')
      await page.getByRole('alert').getByText('The service cannot be reached.').waitFor()
    })

    test('a question that the books do not answer is told as a result', async () => {
      const answer: Answer = { ...fakeAnswer, kind: 'no-evidence', markdown: 'The books do not hold this.', citations: [], sentences: [] }
      const { page } = await open({ steps: [{ kind: 'done', answer }] })
      await askByEnter(page, 'Who won?')
      await page.getByText('The books do not answer this.').waitFor()
      expect(await page.locator('#sources').isVisible()).toBe(false)
      expect(await page.getByRole('alert').isVisible()).toBe(false)
    })

    test('doubtful sentences are marked where they stand and counted in words', async () => {
      const { page } = await open()
      await askByEnter(page, 'What?')
      await page.getByText(/^Answered in/).waitFor()
      expect(await page.locator('.support-unsupported').allTextContents()).toEqual(['It is quick.'])
      expect(await page.locator('.support-weak').count()).toBe(0)
      expect(await page.locator('#support').innerText()).toBe('The books support 1 of 2 sentences; 1 not at all (wavy line).')
    })

    test('the status says what is in use and what would give something better', async () => {
      const { page } = await open()
      await page.locator('#status li').first().waitFor()
      expect(await page.locator('#status li').allInnerTexts()).toEqual([
        'Embedder: Word search only. → Run pilotbook models pull.',
        'Generator: Answers are quoted from the books. → Start Ollama and run ollama pull gemma3.',
      ])
    })

    test('a failed part is shown although the service replies 503', async () => {
      const { page } = await open({
        status: [{ part: 'index', state: 'failed', text: 'There is no index.', remedy: 'Run `pilotbook ingest`.' }],
      })
      await page.getByText('There is no index.').waitFor()
      expect(await page.locator('#status').innerText()).toContain('Run pilotbook ingest.')
    })

    test('the address of a citation opens the reader at its place, and Back closes it', async () => {
      const { page, errors } = await open({}, fakeCitation.url)
      await page.locator('#reader mark').waitFor()
      expect(await page.locator('#reader mark').textContent()).toBe(fakeCitation.quote)
      await page.getByRole('button', { name: 'Close the book' }).click()
      await expect.poll(() => new URL(page.url()).pathname).toBe('/')
      await page.goBack()
      await page.locator('#reader mark').waitFor()
      expect(errors).toEqual([])
    })

    test('a quote far down a long section with Windows line ends is scrolled into view', async () => {
      const { page, served } = await open()
      const lines = Array.from({ length: 900 }, (_, index) => `Line ${index} of a long section.`)
      const text = lines.join('\r\n')
      const quote = 'Line 599 of a long section.\r\nLine 600 of'
      const section = { ...(await served.fake.section('handbook', 'client-and-daemon')), text, nextId: 'client-and-daemon' }
      served.fake.section = async () => section
      const start = section.startOffset + text.indexOf(quote)
      await page.goto(`${served.url}/books/handbook/sections/client-and-daemon#${start}-${start + quote.length}`)
      await page.locator('#reader mark').waitFor()
      expect(await page.locator('#reader mark').textContent()).toBe(quote.replace('\r\n', '\n'))
      await expect.poll(() => isInView(page, '#reader mark')).toBe(true)
      await page.getByRole('link', { name: 'Next section' }).click()
      await page.locator('#reader mark').waitFor({ state: 'detached' })
      expect(await page.locator('#reader-text').evaluate((part) => part.scrollTop)).toBe(0)
    })

    test('an address that no book has is told in the reader', async () => {
      const { page } = await open({}, '/books/none/sections/x')
      await page.locator('#reader').getByText('There is no book "none"').waitFor()
    })

    test.each([
      ['a phone', { viewport: { width: 320, height: 640 } }],
      ['a desk in the dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
      ['a desk in the light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ] as const)('nothing is cut off on %s', async (name, look) => {
      const { page } = await open({ steps: wideSteps }, '/', look)
      await askByEnter(page, 'How is a Docker client different from a Docker daemon?')
      await page.getByText(/^Answered in/).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
      await keepPicture(page, `${name} answer`)
      await page.locator('#source-list a').first().click()
      await page.locator('#reader mark').waitFor()
      expect(await isInView(page, '#reader mark')).toBe(true)
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
      await keepPicture(page, `${name} reader`)
    })
  },
)

const wideMarkdown = [
  'The **client** sends commands, the **daemon** does the work [1]. It is quick. One **host** runs both, or two hosts run one each:',
  '',
  '1. The client, `docker`, turns `docker run --volume /var/run/docker.sock:/var/run/docker.sock image` into a request [1].',
  '2. The daemon, `dockerd`, listens on a socket.',
  '   - Builds images',
  '   - Runs containers [1]',
  '',
  '```bash',
  'docker --host tcp://build-host.example.com:2375 run --rm --interactive --tty --name a-rather-long-name ubuntu bash',
  '```',
  '',
  '| Part | Does | Where it usually runs | What it needs |',
  '|---|---|---|---|',
  '| client | sends | on your machine, or on another one | a network |',
].join('\n')
const wideAnswer: Answer = {
  ...fakeAnswer,
  markdown: wideMarkdown,
  sentences: [
    { start: 0, end: wideMarkdown.indexOf(' It is quick'), support: 'supported', citations: [1] },
    { start: wideMarkdown.indexOf('It is quick'), end: wideMarkdown.indexOf(' One **host'), support: 'unsupported', citations: [] },
    { start: wideMarkdown.indexOf('One **host'), end: wideMarkdown.indexOf('\n'), support: 'weak', citations: [] },
  ],
  knowledgeBase: ['handbook/', 'Orchestrating Docker.md', 'The Docker Book – James Turnbull – v17.03.0.md'],
}
const wideSteps: readonly AnswerEvent[] = [fakeSources, { kind: 'done', answer: wideAnswer }]

/** With PILOTBOOK_PICTURES=folder the tests leave pictures of the page there, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.PILOTBOOK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png`, fullPage: !name.endsWith('reader') })
}

function isInView(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight && bottom > top
  })
}
