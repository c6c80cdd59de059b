using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// Every person at every visit asked about, seen or not, under one arm: the rows that a trial without missing ones has. Immutable.
/// </summary>
/// <remarks>
/// A visit that was not seen has the covariates of the person's last row, with the wave set. Visits after the last one seen are counted
/// from it, k = 1, 2, …; one missed in between has k = 0, for the person came back.
/// </remarks>
internal sealed class DropoutCells
{
    private readonly double[] design;
    private readonly double[] offset;
    private readonly int[] rows;
    private readonly int[] visits;
    private readonly int[] starts;

    private DropoutCells(int columns, double[] design, double[] offset, int[] rows, int[] visits, int[] starts)
    {
        Columns = columns;
        this.design = design;
        this.offset = offset;
        this.rows = rows;
        this.visits = visits;
        this.starts = starts;
    }

    /// <summary>p.</summary>
    public int Columns { get; }

    /// <summary>The number of cells.</summary>
    public int Count => rows.Length;

    /// <summary>The first cell of a person; the number of cells for one past the last.</summary>
    public int Start(int person) => starts[person];

    /// <summary>x of a cell, p values.</summary>
    public ReadOnlySpan<double> Design(int cell) => design.AsSpan(cell * Columns, Columns);

    /// <summary>The known part of a cell's linear predictor.</summary>
    public double Offset(int cell) => offset[cell];

    /// <summary>The row of the frame that was seen; −1 where none was.</summary>
    public int Row(int cell) => rows[cell];

    /// <summary>k, the visits since dropout; 0 where the person was still seen.</summary>
    public int Visits(int cell) => visits[cell];

    /// <summary>The cells of a frame under one arm.</summary>
    /// <param name="frame">The rows, whose clusters are persons.</param>
    /// <param name="wave">The column of waves, a predictor of the formula.</param>
    /// <param name="setting">The arm and what else is set; if the wave is, only that visit is asked about.</param>
    /// <param name="strategy">What happens after dropout; null for the own arm.</param>
    /// <param name="reference">The setting of the control, for strategies by reference.</param>
    public static DropoutCells Of(
        ModelFrame frame,
        string wave,
        IReadOnlyList<(string Variable, string Value)> setting,
        DropoutStrategy? strategy = null,
        IReadOnlyList<(string Variable, string Value)>? reference = null)
    {
        var recipe = frame.Recipe!;
        var levels = Levels(frame, recipe, wave);
        var asked = Enumerable.Range(0, levels.Length).ToList();
        if (setting.Any(pair => pair.Variable == wave))
        {
            var position = recipe.PositionOf(wave, setting.First(pair => pair.Variable == wave).Value);
            asked = [.. asked.Where(visit => levels[visit].Position == position)];
            if (asked.Count == 0)
            {
                throw new InputException($"--dial dropout is asked at a value of {wave} that is no visit.")
                {
                    Hint = $"Ask with --at {wave}=VALUE at one of the visits.",
                };
            }
        }

        (string, string)[] others = [.. setting.Where(pair => pair.Variable != wave)];
        var seen = recipe.With(others);
        (string, string)[] control = [.. (reference ?? setting).Where(pair => pair.Variable != wave)];
        var copied = strategy is null ? []
            : asked.ToDictionary(visit => visit, visit => recipe.With([.. control, (wave, levels[visit].Label)]));
        var reached = strategy == DropoutStrategy.CopyIncrements ? recipe.With(control) : null;
        var unseen = asked.ToDictionary(visit => visit, visit => recipe.With([.. others, (wave, levels[visit].Label)]));
        var p = seen.Columns;
        List<double> design = [], offset = [];
        List<int> rows = [], visits = [], starts = [0];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            var last = frame.Clusters.Start(c + 1) - 1;
            foreach (var visit in asked)
            {
                var row = RowAt(frame, c, visit);
                var isAfter = visit > frame.Waves[last];
                Append(row >= 0 ? seen : strategy is not null && isAfter ? copied[visit] : unseen[visit], row >= 0 ? row : last, p, design);
                if (reached is not null && isAfter)
                {
                    // From where the own arm was last seen, as far as the control goes from there.
                    for (var j = 0; j < p; j++)
                    {
                        design[^(p - j)] += seen.Column(j)[last] - reached.Column(j)[last];
                    }
                }

                offset.Add(frame.Offset.IsEmpty ? 0 : frame.Offset[row >= 0 ? row : last]);
                rows.Add(row);
                visits.Add(Math.Max(0, visit - frame.Waves[last]));
            }

            starts.Add(rows.Count);
        }

        return new DropoutCells(p, [.. design], [.. offset], [.. rows], [.. visits], [.. starts]);
    }

    /// <summary>The position and the label of each visit among the values of the wave's column.</summary>
    private static (int Position, string Label)[] Levels(ModelFrame frame, DesignRecipe recipe, string wave)
    {
        var codes = recipe.CodesOf(wave);
        var labels = recipe.LevelsOf(wave);
        var levels = new (int, string)[frame.WaveLabels.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            levels[frame.Waves[i]] = (codes[i], labels[codes[i]]);
        }

        return levels;
    }

    private static int RowAt(ModelFrame frame, int cluster, int visit)
    {
        for (var i = frame.Clusters.Start(cluster); i < frame.Clusters.Start(cluster + 1); i++)
        {
            if (frame.Waves[i] == visit)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Append(DesignMatrix matrix, int row, int columns, List<double> values)
    {
        for (var j = 0; j < columns; j++)
        {
            values.Add(matrix.Column(j)[row]);
        }
    }
}
