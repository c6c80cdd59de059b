using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Shows what standard errors over two ways of clustering were added up from.</summary>
internal static class TwoWayOutput
{
    /// <summary>The two ways of a frame whose clusters are the first and whose last auxiliary column is the second.</summary>
    public static (string First, string Second) Columns(ModelFrame frame) =>
        (frame.Clusters.Name, frame.AuxiliaryColumns.Count == 0 ? string.Empty : frame.AuxiliaryColumns[^1].Name);

    /// <summary>One line; none over one way.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="columns">The two ways.</param>
    /// <param name="ways">The sandwich; null over one way.</param>
    public static void Write(IAnsiConsole console, (string First, string Second) columns, TwoWaySandwich? ways)
    {
        if (ways is null)
        {
            return;
        }

        console.WriteLine($"Two ways of clustering: {Figures.Count(ways.FirstClusters)} of {columns.First}, "
            + $"{Figures.Count(ways.SecondClusters)} of {columns.Second}, {Figures.Count(ways.BothClusters)} of both"
            + $"{(ways.Factor == WayFactor.None ? string.Empty : $"; factor {ways.Factor.Name}")}");
    }

    /// <summary>The member <c>twoWays</c>; none over one way.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="columns">The two ways.</param>
    /// <param name="ways">The sandwich; null over one way.</param>
    public static void Write(JsonResult json, (string First, string Second) columns, TwoWaySandwich? ways)
    {
        if (ways is null)
        {
            return;
        }

        json.Object("twoWays", () =>
        {
            json.Texts("columns", [columns.First, columns.Second]);
            json.Integer("first", ways.FirstClusters);
            json.Integer("second", ways.SecondClusters);
            json.Integer("both", ways.BothClusters);
            json.Text("factor", ways.Factor.Name);
            json.Boolean("repaired", ways.IsRepaired);
        });
    }
}
