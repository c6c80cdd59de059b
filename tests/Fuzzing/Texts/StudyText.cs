using System.Text;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>Study files: two good ones with lines lost, doubled, exchanged or spoiled, and strings of pieces.</summary>
internal static class StudyText
{
    private const string Binary = """
        study: noncollapsibility
        seed: 20260726
        replicates: 2000
        aims: >
          Show that the conditional and the marginal effect differ, and by how much.
        data-generating-mechanisms:
          design: parallel
          clusters: [50, 200]
          cluster-size: poisson(20)
          outcome: binary
          link: logit
          random-effect: normal
          sigma: [0, 1, 2]
          baseline: -1
          effect: 1
        estimands: [conditional, marginal, risk-difference]
        methods:
          - glmm: {nodes: 15}
          - gee: {correlation: exchangeable, se: robust}
          - marginalized-glmm: {nodes: 15}
        performance: [bias, empirical-se, relative-error, coverage, rejection]
        """;

    private const string Longitudinal = """
        study: small
        seed: 7
        replicates: {coverage-mcse: 0.005}
        level: 0.9
        data-generating-mechanisms:
          design: longitudinal
          clusters: [10, 20]
          cluster-size: 4
          outcome: count
          link: log
          random-effect: t(5)
          sigma: [0.5, 1]
          trend: 0.1
          arm-difference: 0
          effect: [0, 1]
        estimands: [conditional, marginal]
        methods:
          - gee: {name: "mancl", correlation: ar1, se: mancl-derouen}
          - standardized-gee: {correlation: exchangeable}
        """;

    private static readonly string[] Values =
        ["1", "2", "[1, 2]", "0.5", "binary", "log", "normal", "t(5)", "[a]", "1000", "[0, 0.1]"];

    private static readonly string[] Pieces =
    [
        "study: a\n", "seed: 1\n", "replicates: 5\n", "level: 0.95\n", "aims: x\n", "data-generating-mechanisms:\n", "  design: parallel\n",
        "  design: longitudinal\n", "  design: crossover\n", "  clusters: 10\n", "  cluster-size: poisson(20)\n",
        "  cluster-size: negative-binomial(20, 3)\n", "  cluster-size: 4\n", "  cluster-size: 5\n", "  outcome: binary\n",
        "  outcome: count\n", "  outcome: continuous\n", "  link: log\n", "  link: identity\n", "  link: probit\n",
        "  random-effect: t(5)\n", "  random-effect: gamma(1)\n", "  random-effect: two-point(0.3)\n", "  random-effect: bridge\n",
        "  sigma: [0,1,2]\n", "  sigma: 1e308\n", "  effect: 1\n", "  baseline: -1\n", "  trend: 1\n", "  arm-difference: 1\n",
        "  period: 1\n", "  residual-sd: 0\n", "estimands: [conditional, marginal, risk-difference]\n", "methods:\n", "  - gee\n",
        "  - glmm: {nodes: 15}\n", "  - gee: {correlation: m-dependent}\n", "  - gee: {name: \"a\\rb\"}\n", "  - standardized-gee\n",
        "  - marginalized-glmm\n", "performance: [bias]\n", "&a ", "*a", "<<: *a", "!!int ", "!<x> ", "? ", ": ", "- ", "| \n", ">\n", "{",
        "}", "[", "]", "\"", "'", "#", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! x\n", "\t", "  ", "\\x", "\u0000", "\u0085", "\u2028",
        "\uFEFF", "NaN", ".inf", "-1", "1e400", "0x10", "1_000", "null", "~", "yes", "{a: b}", "[[1],[2]]", "{coverage-mcse: 0.005}",
        "{coverage-mcse: 1e-4}", "poisson()", "poisson(", "t(1)", "t(-1)", "t(1e308)", "two-point(2)", "negative-binomial(1e308,1e-308)",
        "🎉",
    ];

    /// <summary>The text of a study.</summary>
    public static string Make(Draws draws)
    {
        var good = draws.Pick(Binary, Longitudinal);
        return draws.Below(6) switch
        {
            5 => WithOtherLine(good, draws),
            0 => string.Concat(Enumerable.Range(0, draws.Between(1, 40)).Select(_ => draws.Pick(Pieces))),
            1 => WithOtherLines(good, draws),
            2 => WithPieces(good, draws),
            _ => Mutation.Of(good, draws),
        };
    }

    /// <summary>The text with one value exchanged, so that it is mostly still a study.</summary>
    private static string WithOtherLine(string text, Draws draws)
    {
        var lines = text.Split('\n');
        var at = draws.Below(lines.Length);
        lines[at] = lines[at].IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? $"{lines[at][..(colon + 1)]} {draws.Pick(Values)}"
            : lines[at];
        return string.Join('\n', lines);
    }

    private static string WithOtherLines(string text, Draws draws)
    {
        var lines = text.Split('\n').ToList();
        for (var count = draws.Between(1, 5); count > 0 && lines.Count > 0; count--)
        {
            var at = draws.Below(lines.Count);
            switch (draws.Below(4))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, draws.Pick([.. lines]));
                    break;
                case 2:
                    lines[at] = draws.Pick(Pieces).TrimEnd('\n');
                    break;
                default:
                    lines[at] = WithOtherValue(lines[at], draws);
                    break;
            }
        }

        return string.Join('\n', lines);
    }

    private static string WithOtherValue(string line, Draws draws) =>
        line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? $"{line[..(colon + 1)]} {draws.Pick(draws.OneIn(2) ? HostileWords.Fields : Pieces).TrimEnd('\n')}"
            : line;

    private static string WithPieces(string text, Draws draws)
    {
        var result = new StringBuilder(text);
        for (var count = draws.Between(1, 4); count > 0; count--)
        {
            result.Insert(draws.Below(result.Length), draws.Pick(Pieces));
        }

        return result.ToString();
    }
}
