<?php
/** Every page of an article in several names the first as its canonical one: it is one article, with one preview and one free read. */

namespace Gatefold;

function of_first_page($address)
{
    if (!is_string($address) || !is_singular(article_types())) {
        return $address;
    }
    $page = get_query_var('page') ?: get_query_var('cpage');
    $first = get_permalink(get_queried_object_id());
    return $page && $first && apply_filters('gatefold_first_page_is_canonical', true) ? $first : $address;
}

// WordPress's own, and what the two search plugins in common use write in its place.
foreach (['get_canonical_url', 'wpseo_canonical', 'rank_math/frontend/canonical'] as $filter) {
    add_filter($filter, 'Gatefold\of_first_page');
}
