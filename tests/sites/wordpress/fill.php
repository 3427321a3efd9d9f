<?php
/*
 * Installs WordPress in SITE and fills it with what CONTENT holds; its public host is PUBLIC_HOST. Prints one line,
 * "FILLED" and a list of what became of each article.
 */
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = getenv('PUBLIC_HOST');
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['PHP_SELF'] = '/index.php';

/** Nobody is written to. */
function wp_new_blog_notification()
{
}

require getenv('SITE') . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

wp_install('Notes from the Lock', 'editor', 'editor@example.com', true, '', 'Lantern-2026-y');
update_option('siteurl', 'http://' . getenv('PUBLIC_HOST'));
update_option('home', 'http://' . getenv('PUBLIC_HOST'));
wp_delete_post(1, true);
wp_delete_post(2, true);
// What follows is written by people who may write anything.
kses_remove_filters();

foreach ([
    'timezone_string' => 'Europe/London',
    'comment_moderation' => 0,
    'comment_previously_approved' => 0,
    'thread_comments' => 1,
    'page_comments' => 1,
    'comments_per_page' => 3,
    'posts_per_page' => 5,
    'posts_per_rss' => 20,
    'rss_use_excerpt' => 0,
] as $name => $value) {
    update_option($name, $value);
}
$wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%day%/%postname%/');
$wp_rewrite->flush_rules();

$writers = [];
foreach (['ada' => 'Ada Quill', 'ben' => 'Ben Marrow'] as $login => $name) {
    $writers[$login] = wp_insert_user([
        'user_login' => $login,
        'user_pass' => wp_generate_password(24),
        'user_email' => "$login@example.com",
        'display_name' => $name,
        'role' => 'author',
    ]);
}

function block(string $name, string $html, array $attributes = []): string
{
    $stated = $attributes ? ' ' . wp_json_encode($attributes) : '';
    return "<!-- wp:$name$stated -->\n$html\n<!-- /wp:$name -->\n\n";
}

function paragraph(string $text): string
{
    return block('paragraph', '<p>' . esc_html($text) . '</p>');
}

/** A picture in the library, whose words are a sentence of the article each. */
function picture(int $post, int $number, array $late): int
{
    $image = imagecreatetruecolor(900, 600);
    imagefill($image, 0, 0, imagecolorallocate($image, 30, 60 + 30 * $number, 110));
    $file = wp_upload_dir()['path'] . "/view-$post-$number.png";
    imagepng($image, $file);
    $id = wp_insert_attachment([
        'post_title' => "View $number",
        'post_excerpt' => $late[$number],
        'post_content' => $late[$number + 3],
        'post_mime_type' => 'image/png',
        'post_status' => 'inherit',
    ], $file, $post);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
    update_post_meta($id, '_wp_attachment_image_alt', $late[$number + 6]);
    return $id;
}

function figure(int $id, int $number, array $late): string
{
    $html = sprintf(
        '<figure class="wp-block-image size-large"><a href="%s"><img src="%s" alt="%s" class="wp-image-%d"/></a>' .
            '<figcaption class="wp-element-caption">%s<br>%s</figcaption></figure>',
        get_attachment_link($id),
        wp_get_attachment_url($id),
        esc_attr($late[$number + 6]),
        $id,
        esc_html($late[$number]),
        esc_html($late[$number + 3]),
    );
    return block('image', $html, ['id' => $id, 'sizeSlug' => 'large', 'linkDestination' => 'attachment']);
}

/** The blocks of an article, by what it is there for. */
function blocks(array $article): array
{
    ['key' => $key, 'paragraphs' => $paragraphs, 'late' => $late, 'language' => $language] = $article;
    $blocks = array_map('paragraph', $paragraphs);
    switch ($key) {
        case 'supper':
            array_splice($blocks, 2, 0, block('more', '<!--more-->'));
            break;
        case 'nights':
            foreach ([24, 16, 8] as $at) {
                array_splice($blocks, $at, 0, block('nextpage', '<!--nextpage-->'));
            }
            break;
        case 'code':
            $blocks[] = block('code', '<pre class="wp-block-code"><code>// ' . $late[0] . "\n// " . $late[1] . '</code></pre>');
            break;
        case 'table':
            $rows = implode('', array_map(fn($text) => "<tr><td>18</td><td>$text</td></tr>", array_slice($late, 0, 5)));
            $blocks[] = block('table', "<figure class=\"wp-block-table\"><table><tbody>$rows</tbody></table></figure>");
            break;
        case 'film':
            $blocks[] = block('html', '<details><summary>More</summary>' . $late[0] . '</details><template><p>' . $late[1] . '</p></template>');
            $blocks[] = block('pullquote', '<figure class="wp-block-pullquote"><blockquote><p>' . $late[2] . '</p></blockquote></figure>');
            break;
        case 'bridge':
            $blocks[] = block('columns', '<div class="wp-block-columns"><div class="wp-block-column">' . paragraph($late[0]) . '</div></div>');
            $blocks[] = block('footnotes', '') . paragraph($late[1]);
            break;
    }
    return $language === 'ar' ? ['<!-- wp:group --><div class="wp-block-group" dir="rtl" lang="ar">', ...$blocks, '</div><!-- /wp:group -->'] : $blocks;
}

$filled = [];
foreach (json_decode(file_get_contents(getenv('CONTENT')), true) as $article) {
    $key = $article['key'];
    $section = term_exists($article['section'], 'category') ?: wp_insert_term($article['section'], 'category');
    $id = wp_insert_post(wp_slash([
        'post_title' => $article['title'],
        'post_name' => in_array($key, ['arabic', 'chinese', 'accents'], true) ? '' : "about-$key",
        'post_status' => 'publish',
        'post_author' => $writers[$article['author']],
        'post_date' => str_replace('T', ' ', substr($article['publishedAt'], 0, 19)),
        'post_category' => [(int) $section['term_id']],
        'tags_input' => $article['tags'],
        'post_content' => implode('', blocks($article)),
        'post_excerpt' => $key === 'quotes' ? 'An excerpt written by hand.' : '',
    ]), true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message());
        exit(1);
    }
    $pictures = [];
    if ($key === 'pictures') {
        foreach ([0, 1, 2] as $number) {
            $pictures[] = picture($id, $number, $article['late']);
        }
        $figures = implode('', array_map(fn($number) => figure($pictures[$number], $number, $article['late']), [0, 1, 2]));
        $gallery = block('gallery', "<figure class=\"wp-block-gallery has-nested-images columns-default\">$figures</figure>", ['linkTo' => 'attachment']);
        wp_update_post(wp_slash(['ID' => $id, 'post_content' => get_post($id)->post_content . $gallery]));
    }
    if ($key === 'bridge') {
        $parent = 0;
        foreach (range(1, 8) as $number) {
            $parent = wp_insert_comment([
                'comment_post_ID' => $id,
                'comment_author' => "Neighbour $number",
                'comment_author_email' => "neighbour$number@example.com",
                'comment_content' => "Letter $number, which everybody may read, about what stood in the paper.",
                'comment_approved' => 1,
                'comment_parent' => $number % 3 === 0 ? $parent : 0,
            ]);
        }
        stick_post($id);
    }
    $filled[] = ['key' => $key, 'id' => $id, 'path' => wp_make_link_relative(get_permalink($id)), 'pictures' => $pictures];
}

$about = wp_insert_post([
    'post_type' => 'page',
    'post_title' => 'About',
    'post_name' => 'about',
    'post_status' => 'publish',
    'post_content' => paragraph('This paper is made by two people and a lamp.') . block('latest-posts', '', ['displayPostContent' => true, 'displayPostContentRadio' => 'full_post']),
]);
wp_insert_post(wp_slash([
    'post_type' => 'page',
    'post_title' => 'All of it',
    'post_name' => 'all-of-it',
    'post_status' => 'publish',
    'post_content' => '<!-- wp:query {"query":{"perPage":20,"postType":"post","inherit":false}} --><div class="wp-block-query"><!-- wp:post-template --><!-- wp:post-title {"isLink":true} /--><!-- wp:post-content /--><!-- /wp:post-template --></div><!-- /wp:query -->',
]));
wp_insert_post(wp_slash([
    'post_title' => 'Not ready',
    'post_status' => 'draft',
    'post_author' => $writers['ada'],
    'post_content' => paragraph('What is not ready is nobody’s to read.'),
]));
echo 'FILLED ' . wp_json_encode($filled, JSON_UNESCAPED_SLASHES) . "\n";
