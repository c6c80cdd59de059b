using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data;
using MarginalConditional.Mixed;

namespace MarginalConditional.Cli.Predictions;

/// <summary>The files that a mixed model of either kind writes beside its result: of rows, of groups, of clusters.</summary>
/// <param name="ofRows">What the file of predictions holds.</param>
/// <param name="ofGroups">What the file of random effects holds.</param>
internal sealed class MixedFiles(string ofRows, string ofGroups)
{
    /// <summary>Where predictions go.</summary>
    public Option<string?> Predictions { get; } = OptionRule.OutputFile("--predictions", ofRows);

    /// <summary>Rows to predict.</summary>
    public NewDataOption NewData { get; } = new();

    /// <summary>Where random effects go.</summary>
    public Option<string?> RandomEffects { get; } = OptionRule.OutputFile("--random-effects", ofGroups);

    /// <summary>Where the influence of clusters goes.</summary>
    public Option<string?> Diagnostics { get; } = OptionRule.OutputFile(
        "--diagnostics", "Write Cook's distances and DFBETA, one line a cluster, to this file of rows.");

    /// <summary>All of them.</summary>
    public Option[] All => [Predictions, NewData.Option, RandomEffects, Diagnostics];

    /// <summary>Refuses a file of clusters where none can be left out; before anything is written.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="isDefined">Whether one can be left out.</param>
    /// <param name="hint">What cures it.</param>
    public void Check(ParseResult parse, bool isDefined, string hint)
    {
        if (parse.GetValue(Diagnostics) is not null && !isDefined)
        {
            throw new InputException("--diagnostics leaves out one cluster at a time, and crossed effects make one cluster of all rows.")
            {
                Hint = hint,
            };
        }
    }

    /// <summary>One line a cluster: how far it moves the coefficients, and each of them (link scale).</summary>
    /// <param name="deleted">What leaving it out does.</param>
    /// <param name="names">The coefficients.</param>
    public static ResultTable Influence(DeletedClusters deleted, IReadOnlyList<string> names)
    {
        var csv = new ResultTable([deleted.Clusters.Name, "rows", "cook", .. names.Select(name => "dfbeta " + name)]);
        for (var i = 0; i < deleted.Clusters.Labels.Count; i++)
        {
            csv.Row(
            [
                deleted.Clusters.Labels[i], deleted.Clusters.Sizes[i], deleted.Distances.Values[i],
                .. deleted.Changes.Slice(i * names.Count, names.Count).ToArray().Cast<object?>(),
            ]);
        }

        return csv;
    }
}
