-- What a search compares (db/sql/find-products.sql). An index is made of these two functions: to change one, write a
-- function of another name and build that one's index.
-- Lower-case text without accents. Apostrophes go, other punctuation becomes blanks, line breaks stay.
CREATE OR REPLACE FUNCTION fold_text(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    replace(
      CASE
        WHEN octet_length(p_text) = length(p_text) THEN p_text
        ELSE translate(
          replace(replace(replace(
            regexp_replace(lower(normalize(p_text, NFKD)), '[\u0300-\u036f\u2018\u2019\u02bc]', '', 'g'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
          'øłđðıħ', 'olddih'
        )
      END,
      '''', ''
    ),
    '[!-/:-@\[-`{-~\u00a0-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+', ' ', 'g'
  )
$$;--> statement-breakpoint
-- The words a product is found by, from its search key (src/catalog/keys.ts), a line each: the SKU without blanks, name,
-- SKU, category and description.
CREATE OR REPLACE FUNCTION product_words(p_search_key text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded constant text := public.fold_text(p_search_key);
BEGIN
  RETURN replace(split_part(folded, E'\n', 2), ' ', '') || E'\n' || folded;
END
$$;--> statement-breakpoint
CREATE TABLE "order_drafts" (
	"company_id" text collate "C" NOT NULL,
	"user_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_drafts_company_id_user_id_pk" PRIMARY KEY("company_id","user_id"),
	CONSTRAINT "order_drafts_content_size" CHECK (octet_length("order_drafts"."content"::text) <= 200000)
);
--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "contact_email" text collate "C";--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "contact_phone" text;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "opening_hours" text;--> statement-breakpoint
ALTER TABLE "order_drafts" ADD CONSTRAINT "order_drafts_member" FOREIGN KEY ("company_id","user_id") REFERENCES "public"."memberships"("company_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_contact_email_length" CHECK (length("companies"."contact_email") <= 254) NOT VALID;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_contact_phone_length" CHECK (length("companies"."contact_phone") <= 40) NOT VALID;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_opening_hours_length" CHECK (length("companies"."opening_hours") <= 200) NOT VALID;
