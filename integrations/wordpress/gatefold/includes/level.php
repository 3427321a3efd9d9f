<?php
/** The article's own level: chosen beside the post, kept with it, and open to the REST API for those who may edit it. */

namespace Gatefold;

const LEVEL_KEY = '_gatefold_level';
const LEVELS = ['open', 'registered', 'metered', 'locked'];

/** '' where the post says nothing: then the gate's own rules do. */
function level_of(int $post_id): string
{
    $level = (string) get_post_meta($post_id, LEVEL_KEY, true);
    return in_array($level, LEVELS, true) ? $level : '';
}

function known_level($level): string
{
    return is_string($level) && in_array($level, LEVELS, true) ? $level : '';
}

add_action('init', function () {
    foreach (article_types() as $type) {
        register_post_meta($type, LEVEL_KEY, [
            'type' => 'string',
            'single' => true,
            'default' => '',
            'show_in_rest' => true,
            'sanitize_callback' => 'Gatefold\known_level',
            'auth_callback' => fn ($allowed, $key, $post_id) => current_user_can('edit_post', $post_id),
        ]);
    }
});

add_action('add_meta_boxes', function () {
    add_meta_box('gatefold-level', __('Who may read', 'gatefold'), 'Gatefold\show_level_box', article_types(), 'side');
});

function show_level_box(\WP_Post $post): void
{
    $names = [
        '' => __('As the rules say', 'gatefold'),
        'open' => __('Everyone', 'gatefold'),
        'registered' => __('Readers with an account', 'gatefold'),
        'metered' => __('Whoever has a free read left', 'gatefold'),
        'locked' => __('Subscribers', 'gatefold'),
    ];
    wp_nonce_field('gatefold-level', 'gatefold_level_nonce');
    echo '<select name="gatefold_level" aria-label="' . esc_attr__('Who may read', 'gatefold') . '">';
    foreach ($names as $level => $name) {
        printf(
            '<option value="%s"%s>%s</option>',
            esc_attr($level),
            selected(level_of($post->ID), $level, false),
            esc_html($name)
        );
    }
    echo '</select>';
}

add_action('save_post', function (int $post_id) {
    $nonce = isset($_POST['gatefold_level_nonce']) ? (string) wp_unslash($_POST['gatefold_level_nonce']) : '';
    if (!wp_verify_nonce($nonce, 'gatefold-level') || !current_user_can('edit_post', $post_id)) {
        return;
    }
    // Revisions and autosaves come by here, too, and have no level of their own.
    if (wp_is_post_revision($post_id) || wp_is_post_autosave($post_id)) {
        return;
    }
    update_post_meta($post_id, LEVEL_KEY, known_level(wp_unslash($_POST['gatefold_level'] ?? '')));
});
