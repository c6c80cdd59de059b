using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// The periods of a trial in which the arm goes with cluster and period (stepped wedge, crossover): which of them have every arm, and which
/// arm each cell was given. Immutable.
/// </summary>
/// <remarks>
/// Only periods in which every arm is present compare arms at one time; a stepped wedge's first and last say nothing. Without a cluster
/// that is an arm's only one in a period, that period is no comparison any more either.
/// </remarks>
internal sealed class TrialPeriods
{
    private const int Empty = -1;

    private readonly int[] ofRow;
    private readonly int[] cellArms;
    private readonly int[] clustersOf;
    private readonly int arms;

    private TrialPeriods(string name, string[] labels, string[] leftOut, int[] ofRow, int[] cellArms, int arms)
    {
        Name = name;
        Labels = labels;
        LeftOut = leftOut;
        this.ofRow = ofRow;
        this.cellArms = cellArms;
        this.arms = arms;
        clustersOf = new int[Count * arms];
        for (var cell = 0; cell < cellArms.Length; cell++)
        {
            if (cellArms[cell] != Empty)
            {
                clustersOf[(cell % Count * arms) + cellArms[cell]]++;
            }
        }
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The periods compared, in order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The periods that lack an arm.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>J, how many are compared.</summary>
    public int Count => Labels.Count;

    /// <summary>The position of a row's period among those compared; −1 when it is left out.</summary>
    public int Of(int row) => ofRow[row];

    /// <summary>The arm of a cell; −1 when it has no rows that count.</summary>
    public int Arm(int cluster, int period) => cellArms[(cluster * Count) + period];

    /// <summary>The number of clusters with an arm in a period.</summary>
    public int ClustersWith(int period, int arm) => clustersOf[(period * arms) + arm];

    /// <summary>Whether a period still has every arm without a cluster.</summary>
    /// <param name="period">The period.</param>
    /// <param name="leftOut">The cluster; −1 for none.</param>
    public bool IsKept(int period, int leftOut) =>
        leftOut < 0 || Arm(leftOut, period) is not (>= 0 and var arm) || ClustersWith(period, arm) > 1;

    /// <summary>Reads the periods and checks them.</summary>
    /// <param name="frame">The rows, which carry the column.</param>
    /// <param name="column">The column of periods.</param>
    /// <param name="rowArms">The arm of each row, counted from 0.</param>
    /// <param name="levels">The arms' names.</param>
    /// <exception cref="InputException">A cell has two arms, or no period has every arm.</exception>
    public static TrialPeriods Of(ModelFrame frame, string column, int[] rowArms, IReadOnlyList<string> levels)
    {
        var (codes, names) = Codes(frame.Auxiliary(column));
        var cells = new int[frame.Clusters.Count * names.Length];
        Array.Fill(cells, Empty);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                ref var cell = ref cells[(c * names.Length) + codes[i]];
                if (frame.WeightTimesTrials(i) == 0)
                {
                    continue;
                }

                if (cell != Empty && cell != rowArms[i])
                {
                    throw TwoArms(frame, c, column, names[codes[i]], levels[cell], levels[rowArms[i]]);
                }

                cell = rowArms[i];
            }
        }

        var kept = Enumerable.Range(0, names.Length)
            .Where(period => Enumerable.Range(0, levels.Count).All(arm =>
                Enumerable.Range(0, frame.Clusters.Count).Any(c => cells[(c * names.Length) + period] == arm)))
            .ToList();
        if (kept.Count == 0)
        {
            throw new InputException($"No value of {column} has every arm ({string.Join(", ", levels)}): arms cannot be compared within "
                + "periods.")
            {
                Hint = "Name the column of periods with --period, or leave --period out.",
            };
        }

        int[] position = [.. Enumerable.Range(0, names.Length).Select(period => kept.IndexOf(period))];
        return new TrialPeriods(
            column,
            [.. kept.Select(period => names[period])],
            [.. names.Where((_, period) => position[period] < 0)],
            Array.ConvertAll(codes, code => position[code]),
            [.. Enumerable.Range(0, frame.Clusters.Count).SelectMany(c => kept.Select(period => cells[(c * names.Length) + period]))],
            levels.Count);
    }

    /// <summary>The periods in order: as numbers where all are.</summary>
    private static (int[] Codes, string[] Names) Codes(Column column)
    {
        if (column is not FactorColumn factor)
        {
            throw new ArgumentException($"The frame holds \"{column.Name}\" as numbers, not as a grouping.", nameof(column));
        }

        var used = factor.Codes.ToArray().Distinct().ToList();
        var numbers = used.ToDictionary(
            code => code,
            code => double.TryParse(factor.Levels[code], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN);
        List<int> order = [.. numbers.Values.Any(double.IsNaN) ? used.Order() : used.OrderBy(code => numbers[code])];
        return ([.. factor.Codes.ToArray().Select(code => order.IndexOf(code))], [.. order.Select(code => factor.Levels[code])]);
    }

    private static InputException TwoArms(ModelFrame frame, int cluster, string column, string period, string first, string second) =>
        new($"{frame.Clusters.Name} {frame.Clusters.Label(cluster)} has both {first} and {second} at {column} = {period}: --period needs "
            + "one arm for all rows of a cluster in a period.")
        {
            Hint = "Name the column within whose values a cluster's arm is constant, or leave --period out.",
        };
}
