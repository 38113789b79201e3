ALTER TABLE "companies" VALIDATE CONSTRAINT "companies_contact_email_length";--> statement-breakpoint
ALTER TABLE "companies" VALIDATE CONSTRAINT "companies_contact_phone_length";--> statement-breakpoint
ALTER TABLE "companies" VALIDATE CONSTRAINT "companies_opening_hours_length";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "products_by_words" ON "products" USING gin ("company_id",product_words("search_key") gin_trgm_ops);
