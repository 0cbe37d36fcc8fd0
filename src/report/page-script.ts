/** Search, filter, order and unfolding of the features where scripts may run; without it the page shows all of them. */
export const featureScript = `
const controls = document.querySelector('#controls');
const list = document.querySelector('#features');
const features = [...list.querySelectorAll('.feature')].map((element) => ({
  element,
  name: element.querySelector('h3').textContent,
  kinds: element.dataset.kinds.split(' '),
}));
const search = controls.querySelector('input');
const [filter, order] = controls.querySelectorAll('select');
const shown = controls.querySelector('output');
const show = () => {
  const words = search.value.toLowerCase();
  let count = 0;
  for (const { element, name, kinds } of features) {
    const fits = name.toLowerCase().includes(words) && kinds.includes(filter.value);
    element.hidden = !fits;
    if (fits) count++;
  }
  shown.textContent = count + ' of ' + features.length + ' shown';
};
search.addEventListener('input', show);
filter.addEventListener('change', show);
order.addEventListener('change', () => {
  const sorted = order.value === 'name' ? features.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : features;
  list.append(...sorted.map(({ element }) => element));
});
const [unfold, fold] = controls.querySelectorAll('button');
const setOpen = (open) => {
  for (const { element } of features) if (!element.hidden) element.open = open;
};
unfold.addEventListener('click', () => setOpen(true));
fold.addEventListener('click', () => setOpen(false));
controls.hidden = false;
show();
`;
