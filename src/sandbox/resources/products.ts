/** `/v1/products`. */
import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import { applyMetadata, emptiable, flag, list, metadata, required, text } from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import { changeProduct, makeProduct } from '../life/catalogue.ts';
import { showProduct } from '../shapes/catalogue.ts';

export const productRoutes: readonly Route[] = [
  route(
    'POST',
    '/v1/products',
    { id: text, name: required(text), description: text, active: flag, metadata },
    ({ books, given }) => {
      if (given.id !== undefined && books.products.get(given.id)) throw taken('Product', given.id);
      return showProduct(
        makeProduct(books, {
          ...(given.id === undefined ? {} : { id: given.id }),
          name: given.name,
          description: given.description ?? null,
          active: given.active ?? true,
          metadata: applyMetadata({}, given.metadata),
        }),
      );
    },
  ),
  route(
    'GET',
    '/v1/products',
    { ...pageFields, ...createdField, active: flag, ids: list(text) },
    ({ books, given }) =>
      answerPage(given, {
        table: books.products,
        what: 'product',
        url: '/v1/products',
        holds: ({ id, active }) =>
          (given.active === undefined || active === given.active) && (given.ids?.includes(id) ?? true),
        show: showProduct,
      }),
  ),
  route('GET', '/v1/products/:id', {}, ({ books, id }) => showProduct(productOf(books, id))),
  route(
    'POST',
    '/v1/products/:id',
    { name: text, description: emptiable(text), active: flag, metadata, default_price: text },
    ({ books, id, given }) => {
      const product = productOf(books, id);
      return showProduct(
        changeProduct(books, product, {
          name: given.name ?? product.name,
          description: given.description === undefined ? product.description : given.description,
          active: given.active ?? product.active,
          defaultPrice: given.default_price ?? product.defaultPrice,
          metadata: applyMetadata(product.metadata, given.metadata),
        }),
      );
    },
  ),
];

export const productOf = (books: Books, id: string, param?: string) => {
  const product = books.products.get(id);
  if (!product) throw missing('product', id, param);
  return product;
};

const taken = (what: string, id: string) =>
  invalid(`${what} already exists: ${id}`, 'id', 'resource_already_exists');
