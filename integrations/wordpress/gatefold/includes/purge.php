<?php
/**
 * Tells the gate which addresses have changed, once at the end of a request, signed: a post that was published, changed, moved or
 * taken back, and one under which somebody's comment came or went. Without GATEFOLD_PURGE_SECRET nothing is sent.
 */

namespace Gatefold;

/** Of one purge; the gate takes no more. Where more has changed, all is purged. */
const MOST_ADDRESSES = 500;
const MOST_TRIES = 5;

function purge_secret(): string
{
    return defined('GATEFOLD_PURGE_SECRET') ? (string) constant('GATEFOLD_PURGE_SECRET') : '';
}

function purge_url(): string
{
    return defined('GATEFOLD_PURGE_URL') ? (string) constant('GATEFOLD_PURGE_URL') : home_url('/-/purge');
}

/** Kept until the end of the request; several changes of one post are one. */
function changed(?string $address = null): array
{
    static $addresses = [];
    if ($address === null) {
        $all = array_keys($addresses);
        $addresses = [];
        return $all;
    }
    $addresses[$address] = true;
    return [];
}

function post_changed(int $post_id): void
{
    $post = get_post($post_id);
    if (!$post || !is_post_type_viewable($post->post_type) || $post->post_status !== 'publish') {
        return;
    }
    $address = get_permalink($post);
    if ($address) {
        changed($address);
        // Feeds name it, and are kept as well.
        changed(get_feed_link());
        changed(get_feed_link('comments_rss2'));
    }
}

// Before: where it was, if it moves or goes. After: where it is.
add_action('pre_post_update', 'Gatefold\post_changed');
add_action('before_delete_post', 'Gatefold\post_changed');
add_action('transition_post_status', fn ($new, $old, $post) => post_changed((int) $post->ID), 10, 3);
add_action('post_updated', 'Gatefold\post_changed');
add_action('wp_update_comment_count', fn ($post_id) => post_changed((int) $post_id));
add_action('edit_comment', function ($comment_id) {
    $comment = get_comment($comment_id);
    if ($comment) {
        post_changed((int) $comment->comment_post_ID);
    }
});
foreach (['added_post_meta', 'updated_post_meta', 'deleted_post_meta'] as $hook) {
    add_action($hook, function ($ids, $post_id, $key) {
        if ($key === LEVEL_KEY) {
            post_changed((int) $post_id);
        }
    }, 10, 3);
}

add_action('shutdown', function () {
    $addresses = changed();
    if (count($addresses) > 0) {
        send_purge($addresses, 1);
    }
});

add_action('gatefold_purge_again', 'Gatefold\send_purge', 10, 2);

function send_purge(array $addresses, int $try): void
{
    if (purge_secret() === '') {
        return;
    }
    $purge = count($addresses) > MOST_ADDRESSES ? ['all' => true] : ['addresses' => $addresses];
    $body = wp_json_encode($purge, JSON_UNESCAPED_SLASHES);
    $now = time();
    $answer = wp_remote_post(purge_url(), [
        'timeout' => 3,
        'redirection' => 0,
        'body' => $body,
        'headers' => [
            'Content-Type' => 'application/json',
            'Gatefold-Signature' => "t=$now,v1=" . hash_hmac('sha256', "$now.$body", purge_secret()),
        ],
    ]);
    $why = why_not($answer);
    update_option('gatefold_purge', ['at' => $now, 'why' => $why], false);
    if ($why === '') {
        return;
    }
    error_log("Gatefold wasn't told what has changed: $why");
    if ($try < MOST_TRIES) {
        wp_schedule_single_event($now + 60 * $try, 'gatefold_purge_again', [$addresses, $try + 1]);
    }
}

/** '' when it was taken. */
function why_not($answer): string
{
    if (is_wp_error($answer)) {
        return $answer->get_error_message();
    }
    $status = (int) wp_remote_retrieve_response_code($answer);
    if ($status === 200) {
        return '';
    }
    $said = json_decode((string) wp_remote_retrieve_body($answer), true);
    $code = is_array($said) && is_string($said['code'] ?? null) ? $said['code'] : 'no code';
    return "it answered $status ($code)";
}
