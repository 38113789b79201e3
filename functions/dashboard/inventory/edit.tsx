import { type Context, Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
import { deleteProduct } from '#src/catalog/delete-product.ts';
import { EditProductForm } from '#src/catalog/product-form.ts';
import { getProductProfile } from '#src/catalog/product-profile.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { staffOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import type { RefusedForm } from '../../views/form.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { editPath, LIST_PATH } from './paths.ts';
import { Conflict, Edit } from './edit-page.tsx';
import { chosenImage, forgetImage, limitUpload, refused, withImage } from './image-upload.ts';

const productId = (c: Context<AppEnv>) => idFrom('product', c.req.param('id') ?? '');

/** `/dashboard/inventory/{id}/edit`. A file has a limit of its own: mount it before the one that is for forms. */
export const editProduct = new Hono<AppEnv>()
  .get('/inventory/:id/edit', (c) => editPage(c))
  .post('/inventory/:id/edit', limitUpload(editPage), async (c) => {
    const { ctx } = c.var;
    const form = await parseForm(c, EditProductForm);
    if (!form.ok) return editPage(c, form);
    const { patch, seen, removeImage } = form.data;
    const id = productId(c);
    try {
      const result = await withImage(c, removeImage ? null : undefined, (image) =>
        updateProduct(ctx, id, patch, seen, image),
      );
      if (!result.ok) {
        const hadImage = (await chosenImage(c)) !== null;
        const { current } = result;
        return await dashboardPage(
          c,
          { title: current.name, status: 409 },
          <Conflict current={current} changes={{ patch, hadImage }} locale={staffOf(ctx)} />,
        );
      }
      forgetImage(c, result.replacedImageId);
      setFlash(
        c,
        result.changed
          ? { tone: 'success', text: `${result.product.name} is saved.` }
          : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
      );
      return c.redirect(editPath(id), 303);
    } catch (error) {
      return editPage(c, { values: form.values, ...refused(error) });
    }
  })
  .post('/inventory/:id/delete', async (c) => {
    const id = productId(c);
    try {
      const { name, imageId } = await deleteProduct(c.var.ctx, id);
      forgetImage(c, imageId);
      setFlash(c, { tone: 'success', text: `${name} is deleted.` });
      return c.redirect(LIST_PATH, 303);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'rule')) throw error;
      setFlash(c, { tone: 'warning', text: error.message });
      return c.redirect(editPath(id), 303);
    }
  });

async function editPage(c: Context<AppEnv>, problem?: RefusedForm): Promise<Response> {
  const { ctx } = c.var;
  const profile = await getProductProfile(ctx, productId(c));
  return dashboardPage(
    c,
    { title: profile.product.name, status: problem ? 422 : 200 },
    <Edit profile={profile} problem={problem} locale={staffOf(ctx)} />,
  );
}
