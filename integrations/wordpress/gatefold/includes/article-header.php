<?php
/** The header Gatefold-Article: what a post is, stated by the system that knows. The gate takes it off again. */

namespace Gatefold;

/** Servers refuse answers with long headers; text beyond this is left out, fact by fact. */
const LONGEST_HEADER = 3500;

add_action('template_redirect', function () {
    // What is shown in frames, feeds and drafts isn't the article's own page.
    if (headers_sent() || !is_singular(article_types()) || is_embed() || is_feed() || is_preview()) {
        return;
    }
    $post = get_queried_object();
    if (!$post instanceof \WP_Post || $post->post_status !== 'publish') {
        return;
    }
    header('Gatefold-Article: ' . article_header($post));
}, 0);

function article_header(\WP_Post $post): string
{
    $facts = (array) apply_filters('gatefold_article_facts', facts_of($post), $post);
    $header = '';
    foreach ($facts as $name => $value) {
        $text = is_array($value) ? joined($value) : (string) $value;
        if ($text === '') {
            continue;
        }
        // Percent-encoded, so that no letter of any language and no quotation mark can break a header.
        $part = preg_match('/^[A-Za-z0-9:.+-]+$/', $text) ? "$name=$text" : "$name*=UTF-8''" . rawurlencode($text);
        if (strlen($header) + strlen($part) + 2 <= LONGEST_HEADER) {
            $header .= ($header === '' ? '' : '; ') . $part;
        }
    }
    return $header === '' ? 'article' : $header;
}

/** Lists are separated by commas, so that a name with one in it would be two. */
function joined(array $names): string
{
    return implode(',', array_map(fn ($name) => str_replace(',', ' ', (string) $name), $names));
}

function facts_of(\WP_Post $post): array
{
    $sections = get_the_terms($post, 'category');
    $tags = get_the_terms($post, 'post_tag');
    return [
        'level' => level_of($post->ID),
        'published' => utc($post->post_date_gmt),
        'updated' => utc($post->post_modified_gmt),
        'language' => str_replace('_', '-', get_locale()),
        'section' => is_array($sections) ? plain(main_section($post, $sections)->name) : '',
        'title' => plain(get_the_title($post)),
        'authors' => authors_of($post),
        'tags' => is_array($tags) ? array_map(fn ($tag) => plain($tag->name), $tags) : [],
    ];
}

/** The one that search plugins were told to be the main one, else the first. */
function main_section(\WP_Post $post, array $sections): \WP_Term
{
    foreach (['_yoast_wpseo_primary_category', 'rank_math_primary_category'] as $key) {
        $main = (int) get_post_meta($post->ID, $key, true);
        foreach ($sections as $section) {
            if ($section->term_id === $main) {
                return $section;
            }
        }
    }
    return array_values($sections)[0];
}

/** Co-Authors Plus knows of several. */
function authors_of(\WP_Post $post): array
{
    $authors = function_exists('get_coauthors') ? get_coauthors($post->ID) : [];
    $names = array_map(fn ($author) => (string) $author->display_name, $authors);
    if (count($names) === 0) {
        $names = [(string) get_the_author_meta('display_name', (int) $post->post_author)];
    }
    return array_map('Gatefold\plain', array_filter($names));
}

function plain(string $html): string
{
    return trim(html_entity_decode(wp_strip_all_tags($html), ENT_QUOTES | ENT_HTML5, 'UTF-8'));
}

function utc(string $gmt): string
{
    return preg_match('/^[1-9]/', $gmt) ? str_replace(' ', 'T', $gmt) . 'Z' : '';
}
