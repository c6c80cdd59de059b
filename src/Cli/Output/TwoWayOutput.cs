using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Shows what standard errors over two ways of clustering were added up from.</summary>
internal static class TwoWayOutput
{
    /// <summary>One line; none over one way.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="frame">The frame, whose last auxiliary column is the second way.</param>
    /// <param name="ways">The sandwich; null over one way.</param>
    public static void Write(IAnsiConsole console, ModelFrame frame, TwoWaySandwich? ways)
    {
        if (ways is null)
        {
            return;
        }

        console.WriteLine($"Two ways of clustering: {Figures.Count(ways.FirstClusters)} of {frame.Clusters.Name}, "
            + $"{Figures.Count(ways.SecondClusters)} of {frame.AuxiliaryColumns[^1].Name}, {Figures.Count(ways.BothClusters)} of both"
            + $"{(ways.Factor == WayFactor.None ? string.Empty : $"; factor {ways.Factor.Name}")}");
    }

    /// <summary>The member <c>twoWays</c>; none over one way.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="frame">The frame, whose last auxiliary column is the second way.</param>
    /// <param name="ways">The sandwich; null over one way.</param>
    public static void Write(JsonResult json, ModelFrame frame, TwoWaySandwich? ways)
    {
        if (ways is null)
        {
            return;
        }

        json.Object("twoWays", () =>
        {
            json.Texts("columns", [frame.Clusters.Name, frame.AuxiliaryColumns[^1].Name]);
            json.Integer("first", ways.FirstClusters);
            json.Integer("second", ways.SecondClusters);
            json.Integer("both", ways.BothClusters);
            json.Text("factor", ways.Factor.Name);
            json.Boolean("repaired", ways.IsRepaired);
        });
    }
}
