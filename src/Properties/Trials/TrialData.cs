using System.Globalization;
using System.Text;

namespace MarginalConditional.Properties.Trials;

/// <summary>
/// A clustered trial as a file has it: rows in any order, labels of clusters, waves, treatment, covariates, outcome. Immutable.
/// </summary>
public sealed class TrialData
{
    private readonly string[] clusters;
    private readonly int[] waves;
    private readonly double[] outcome;
    private readonly int[] counts;

    /// <summary>Wraps the columns of a trial.</summary>
    /// <param name="model">What estimators fit to it.</param>
    /// <param name="clusters">The cluster's label of each row, n.</param>
    /// <param name="waves">The wave of each row, from 1, n.</param>
    /// <param name="columns">The treatment and the covariates of the model, in any order, n values each.</param>
    /// <param name="outcome">n values.</param>
    /// <param name="counts">How many like it a row stands for, n whole numbers from 1; empty where each stands for itself.</param>
    /// <exception cref="ArgumentException">The columns are not those of the model, or not of one length.</exception>
    public TrialData(
        TrialModel model,
        IReadOnlyList<string> clusters,
        ReadOnlySpan<int> waves,
        IReadOnlyList<TrialColumn> columns,
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<int> counts = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(columns);
        var n = outcome.Length;
        string[] names = [model.Effect, .. model.Covariates.Select(covariate => covariate.Name)];
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(columns.Select(column => column.Name).Order(StringComparer.Ordinal)))
        {
            throw new ArgumentException($"The columns have to be those of the model: {string.Join(", ", names)}.", nameof(columns));
        }

        if (clusters.Count != n || waves.Length != n || (counts.Length > 0 && counts.Length != n)
            || columns.Any(column => column.Values.Length != n))
        {
            throw new ArgumentException("Every column needs a value on every row.", nameof(columns));
        }

        Model = model;
        this.clusters = [.. clusters];
        this.waves = waves.ToArray();
        Columns = [.. columns];
        this.outcome = outcome.ToArray();
        this.counts = counts.ToArray();
    }

    /// <summary>What estimators fit to it.</summary>
    public TrialModel Model { get; }

    /// <summary>n.</summary>
    public int Rows => outcome.Length;

    /// <summary>The cluster's label of each row.</summary>
    public IReadOnlyList<string> Clusters => clusters;

    /// <summary>The wave of each row, from 1.</summary>
    public ReadOnlySpan<int> Waves => waves;

    /// <summary>The treatment and the covariates, in the order of the file.</summary>
    public IReadOnlyList<TrialColumn> Columns { get; }

    /// <summary>The outcome.</summary>
    public ReadOnlySpan<double> Outcome => outcome;

    /// <summary>How many like it a row stands for; empty where each stands for itself.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Whether the file has its columns in the opposite order, outcome first.</summary>
    public bool IsReversed { get; private init; }

    /// <summary>The treatment.</summary>
    public ReadOnlySpan<double> Treatment => Column(Model.Effect).Values;

    /// <summary>The labels of the clusters, in the order in which they first occur.</summary>
    public IReadOnlyList<string> ClusterLabels => [.. clusters.Distinct(StringComparer.Ordinal)];

    /// <summary>CSV with a header, as <c>docs/protocol.md</c> has it, rows and columns in their order.</summary>
    public string Csv => Text();

    /// <summary>A column of the model by its name.</summary>
    public TrialColumn Column(string name) => Columns.First(column => column.Name == name);

    /// <summary>Some rows, in the order given.</summary>
    /// <param name="rows">Numbers of rows from 0; one may come more than once.</param>
    public TrialData Take(ReadOnlySpan<int> rows)
    {
        var (labels, newWaves, newOutcome, newCounts) = (
            new string[rows.Length], new int[rows.Length], new double[rows.Length], new int[counts.Length == 0 ? 0 : rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            (labels[i], newWaves[i], newOutcome[i]) = (clusters[rows[i]], waves[rows[i]], outcome[rows[i]]);
            if (newCounts.Length > 0)
            {
                newCounts[i] = counts[rows[i]];
            }
        }

        var columns = new List<TrialColumn>();
        foreach (var column in Columns)
        {
            columns.Add(column.Take(rows));
        }

        return new TrialData(Model, labels, newWaves, columns, newOutcome, newCounts) { IsReversed = IsReversed };
    }

    /// <summary>The trial with other labels of its clusters.</summary>
    /// <param name="label">The new label of an old one.</param>
    public TrialData Relabelled(Func<string, string> label) =>
        new(Model, [.. clusters.Select(label)], waves, Columns, outcome, counts) { IsReversed = IsReversed };

    /// <summary>The trial with another outcome.</summary>
    /// <param name="values">n values.</param>
    public TrialData WithOutcome(ReadOnlySpan<double> values) =>
        new(Model, clusters, waves, Columns, values, counts) { IsReversed = IsReversed };

    /// <summary>The trial with each outcome made another.</summary>
    public TrialData WithOutcome(Func<double, double> change) => WithOutcome(Array.ConvertAll(outcome, value => change(value)));

    /// <summary>The trial with other values of a column.</summary>
    public TrialData With(TrialColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(Model, clusters, waves, [.. Columns.Select(own => own.Name == column.Name ? column : own)], outcome, counts)
        {
            IsReversed = IsReversed,
        };
    }

    /// <summary>The trial with other numbers that a row stands for; none makes each stand for itself.</summary>
    public TrialData WithCounts(ReadOnlySpan<int> newCounts) =>
        new(Model, clusters, waves, Columns, outcome, newCounts) { IsReversed = IsReversed };

    /// <summary>The trial with the columns of the file, and of the design, in the opposite order.</summary>
    public TrialData Reversed() => new(Model, clusters, waves, [.. Columns.Reverse()], outcome, counts) { IsReversed = !IsReversed };

    /// <summary>This trial with another of the same model after it.</summary>
    public TrialData Append(TrialData other)
    {
        ArgumentNullException.ThrowIfNull(other);
        TrialColumn[] columns =
            [.. Columns.Select(column => new TrialColumn(column.Name, [.. column.Values, .. other.Column(column.Name).Values]))];
        return new(
            Model,
            [.. clusters, .. other.clusters],
            [.. waves, .. other.waves],
            columns,
            [.. outcome, .. other.outcome],
            [.. counts, .. other.counts])
        {
            IsReversed = IsReversed,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Csv;

    private string Text()
    {
        var text = new StringBuilder();
        List<string> header = [TrialModel.ClusterName, TrialModel.WaveName, .. Columns.Select(column => column.Name), Model.Outcome];
        if (counts.Length > 0)
        {
            header.Add(TrialModel.CountName);
        }

        AppendLine(text, header);
        for (var row = 0; row < Rows; row++)
        {
            List<string> fields = [clusters[row], Number(waves[row])];
            foreach (var column in Columns)
            {
                fields.Add(Number(column.Values[row]));
            }

            fields.Add(Number(outcome[row]));
            if (counts.Length > 0)
            {
                fields.Add(Number(counts[row]));
            }

            AppendLine(text, fields);
        }

        return text.ToString();
    }

    private void AppendLine(StringBuilder text, List<string> fields)
    {
        if (IsReversed)
        {
            fields.Reverse();
        }

        text.AppendJoin(',', fields).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
