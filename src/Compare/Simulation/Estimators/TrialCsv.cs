using System.Globalization;
using System.Text;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A simulated trial as other programs read it.</summary>
internal static class TrialCsv
{
    /// <summary>
    /// CSV with a header: cluster, wave from 1, the columns of the design without intercept and interactions, the covariates that are in no
    /// design, and the outcome <c>y</c>.
    /// </summary>
    public static string Of(ModelFrame frame)
    {
        var design = frame.Design;
        var columns = Enumerable.Range(0, design.Columns)
            .Where(j => j != design.Intercept && !design.Names[j].Contains(':', StringComparison.Ordinal))
            .ToArray();
        NumericColumn[] covariates =
            [.. frame.AuxiliaryColumns.OfType<NumericColumn>().Where(column => !design.Names.Contains(column.Name))];
        var names = columns.Select(j => design.Names[j]).Concat(covariates.Select(column => column.Name));
        var text = new StringBuilder($"cluster,wave,{string.Concat(names.Select(name => Quoted(name) + ","))}y\n");
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var row = frame.Clusters.Start(c); row < frame.Clusters.Start(c) + frame.Clusters.Size(c); row++)
            {
                text.Append(CultureInfo.InvariantCulture, $"c{c + 1:D6},{frame.Waves[row] + 1}");
                foreach (var j in columns)
                {
                    text.Append(CultureInfo.InvariantCulture, $",{design.Column(j)[row]:R}");
                }

                foreach (var covariate in covariates)
                {
                    text.Append(CultureInfo.InvariantCulture, $",{covariate.Values[row]:R}");
                }

                text.Append(',').Append(OutcomeOf(frame, row)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A number, or the name of a category.</summary>
    private static string OutcomeOf(ModelFrame frame, int row) => frame.Categories.Count > 0
        ? frame.Categories[(int)frame.Response[row]]
        : frame.Response[row].ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Names of coded columns, such as those of splines, may hold commas.</summary>
    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
