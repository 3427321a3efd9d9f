/** What `./uplot.js` is where the browser asks for it. */
export { default } from 'uplot';
