using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Gee.Covariance;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>The variance estimators that a command line asks for.</summary>
internal static class ShownVariances
{
    /// <summary>Each once, in the order asked for; the first is the one shown.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="cluster">Two ways of clustering have a variance of their own.</param>
    /// <param name="variances">The option <c>--se</c>.</param>
    public static List<GeeVariance> Read(ParseResult parse, ClusterOption cluster, Option<string[]> variances)
    {
        if (cluster.Second(parse) is { } second)
        {
            return [GeeVariance.TwoWay(second, cluster.Factor(parse))];
        }

        var shown = new List<GeeVariance>();
        foreach (var name in parse.GetValue(variances) ?? [])
        {
            shown.AddRange(GeeVariance.TryParse(name, out var variance) ? [variance] : GeeVariance.All);
        }

        return shown.Count == 0 ? [GeeVariance.Robust] : [.. shown.Distinct()];
    }
}
