import { render } from 'preact';
import { App } from './app.tsx';
import { readOverview } from './embedded-data.ts';

const root = document.getElementById('page');
if (root !== null) {
  render(<App overview={readOverview()} />, root);
  performance.mark('interactive');
}
