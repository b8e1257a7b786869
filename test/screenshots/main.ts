import { startLaptop } from '../end-to-end/laptop.ts';
import { launchBrowser } from '../support/browser.ts';
import { takeScreenshots } from './screenshots.ts';

/** `npm run screenshots`: makes those of the README anew. */
const [laptop, browser] = await Promise.all([startLaptop(), launchBrowser()]);
try {
  await takeScreenshots(browser, laptop.url, 'docs/screenshots');
} finally {
  await browser.close();
  await laptop.end();
}
