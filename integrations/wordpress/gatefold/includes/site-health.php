<?php
/**
 * Site Health says whether the gate stands in front, and whether this server can be reached past it. From here it can only
 * be seen where this server listens, and not what a firewall outside lets through: so it says what it tried.
 */

namespace Gatefold;

add_filter('site_status_tests', function (array $tests): array {
    $tests['async']['gatefold_gate'] = [
        'label' => __('Gatefold stands in front', 'gatefold'),
        'test' => rest_url('gatefold/v1/health'),
        'has_rest' => true,
        'async_direct_test' => 'Gatefold\health',
    ];
    $tests['direct']['gatefold_purge'] = [
        'label' => __('Gatefold hears what has changed', 'gatefold'),
        'test' => 'Gatefold\purge_health',
    ];
    return $tests;
});

add_action('rest_api_init', function () {
    register_rest_route('gatefold/v1', '/health', [
        'methods' => 'GET',
        'callback' => 'Gatefold\health',
        'permission_callback' => fn () => current_user_can('view_site_health_checks'),
    ]);
});

/** Whoever asks for this with a fresh number hears what nobody but this very site can answer. */
add_action('init', function () {
    $asked = $_GET['gatefold-here'] ?? null;
    if (!is_string($asked) || !preg_match('/^[0-9a-f]{32}$/', $asked)) {
        return;
    }
    nocache_headers();
    header('Content-Type: text/plain');
    echo proof($asked);
    exit;
}, 0);

function proof(string $asked): string
{
    return hash_hmac('sha256', "gatefold-here $asked", wp_salt('nonce'));
}

function health(): array
{
    if (!gate_answers()) {
        return result('critical', __('Gatefold doesn’t answer at this site’s address', 'gatefold'), sprintf(
            /* translators: %s: an address */
            __('%s isn’t answered by Gatefold, so readers seem to come here without it, and get every article whole.', 'gatefold'),
            home_url('/-/health/live')
        ));
    }
    $open = reachable_at();
    if (count($open) > 0) {
        return result('critical', __('This server can be reached past Gatefold', 'gatefold'), sprintf(
            /* translators: %s: addresses */
            __('It answers at %s, which is no private address. Whoever asks there gets every article whole. Let the web server listen at a private address, or let a firewall keep out everybody but Gatefold.', 'gatefold'),
            implode(', ', $open)
        ));
    }
    return result('good', __('Gatefold stands in front, and this server listens at no public address', 'gatefold'), sprintf(
        /* translators: %s: addresses */
        __('Looked at: %s. What is forwarded to this server from outside can’t be seen from here: try its own address from elsewhere.', 'gatefold'),
        implode(', ', own_addresses()) ?: __('no address is known', 'gatefold')
    ));
}

function purge_health(): array
{
    $last = get_option('gatefold_purge');
    if (purge_secret() === '') {
        return result('recommended', __('Gatefold isn’t told what has changed', 'gatefold'), __('Readers may get an article as it was until its copy is old. Set GATEFOLD_PURGE_SECRET in wp-config.php, and name it in Gatefold’s PURGE_SECRET.', 'gatefold'), 'gatefold_purge');
    }
    if (is_array($last) && $last['why'] !== '') {
        return result('recommended', __('Gatefold couldn’t be told what has changed', 'gatefold'), sprintf(
            /* translators: 1: an address, 2: a reason */
            __('The last time, %1$s failed: %2$s.', 'gatefold'),
            purge_url(),
            $last['why']
        ), 'gatefold_purge');
    }
    return result('good', __('Gatefold hears what has changed', 'gatefold'), sprintf(
        /* translators: %s: an address */
        __('It is told at %s.', 'gatefold'),
        purge_url()
    ), 'gatefold_purge');
}

function result(string $status, string $label, string $words, string $test = 'gatefold_gate'): array
{
    return [
        'label' => $label,
        'status' => $status,
        'badge' => ['label' => __('Security'), 'color' => 'blue'],
        'description' => '<p>' . esc_html($words) . '</p>',
        'actions' => '',
        'test' => $test,
    ];
}

function gate_answers(): bool
{
    $answer = wp_remote_get(home_url('/-/health/live'), ['timeout' => 5, 'redirection' => 0]);
    return !is_wp_error($answer)
        && wp_remote_retrieve_response_code($answer) === 200
        && json_decode((string) wp_remote_retrieve_body($answer), true) === ['status' => 'live'];
}

/** Where this server listens, as far as it knows. */
function own_addresses(): array
{
    $host = (string) wp_parse_url(home_url(), PHP_URL_HOST);
    $named = function_exists('gethostname') ? gethostbynamel((string) gethostname()) : [];
    $all = array_merge([(string) ($_SERVER['SERVER_ADDR'] ?? '')], is_array($named) ? $named : []);
    return array_values(array_unique(array_filter((array) apply_filters('gatefold_own_addresses', $all, $host))));
}

/** Those of them that are public, and at which this very site answers. */
function reachable_at(): array
{
    $is_public = fn ($address) => (bool) filter_var(
        $address,
        FILTER_VALIDATE_IP,
        FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE
    );
    $is_public = apply_filters('gatefold_is_public_address', $is_public);
    $found = [];
    foreach (array_filter(own_addresses(), $is_public) as $address) {
        $host = strpos($address, ':') === false ? $address : "[$address]";
        foreach (array_unique(["http://$host", "https://$host", own_url($host)]) as $url) {
            if (answers_here($url)) {
                $found[] = $url;
            }
        }
    }
    return array_values(array_unique($found));
}

function own_url(string $host): string
{
    $port = (int) ($_SERVER['SERVER_PORT'] ?? 80);
    return in_array($port, [80, 443], true) ? "http://$host" : "http://$host:$port";
}

function answers_here(string $url): bool
{
    $asked = bin2hex(random_bytes(16));
    $port = wp_parse_url(home_url(), PHP_URL_PORT);
    $answer = wp_remote_get("$url/?gatefold-here=$asked", [
        'timeout' => 5,
        'redirection' => 0,
        'sslverify' => false,
        'headers' => ['Host' => wp_parse_url(home_url(), PHP_URL_HOST) . ($port ? ":$port" : '')],
    ]);
    return !is_wp_error($answer) && hash_equals(proof($asked), trim((string) wp_remote_retrieve_body($answer)));
}
