using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Properties.Trials;

/// <summary>A trial as estimators of studies have it.</summary>
/// <remarks>
/// Clusters come in the order in which the file first names them, and rows of a cluster by wave, as every frame has them: unlike a frame
/// that is read from a file, this one lets an estimator see another order of clusters.
/// </remarks>
internal static class TrialFrame
{
    /// <summary>The frame with its model and the text of the file.</summary>
    public static Replicate Replicate(TrialData trial)
    {
        var frame = Of(trial);
        var effect = frame.Design.Names.ToList().IndexOf(trial.Model.Effect);
        return new Replicate(new AnalysisModel(trial.Model.Family, trial.Model.EffectiveLink, effect), frame)
        {
            Csv = trial.Csv,
            Settings = [new("formula", trial.Model.Formula)],
        };
    }

    /// <summary>Design of an intercept and the columns of the file, outcome, clusters, waves.</summary>
    public static ModelFrame Of(TrialData trial)
    {
        var labels = trial.ClusterLabels;
        var places = labels
            .Select((label, place) => (label, place))
            .ToDictionary(pair => pair.label, pair => pair.place, StringComparer.Ordinal);
        var waves = trial.Waves.ToArray();
        int[] rows = [.. Enumerable.Range(0, trial.Rows).OrderBy(row => places[trial.Clusters[row]]).ThenBy(row => waves[row])];
        var sorted = trial.Take(rows);
        var offsets = new int[labels.Count + 1];
        foreach (var label in sorted.Clusters)
        {
            offsets[places[label] + 1]++;
        }

        for (var c = 0; c < labels.Count; c++)
        {
            offsets[c + 1] += offsets[c];
        }

        int[] distinct = [.. waves.Distinct().Order()];
        return new ModelFrame(Design(sorted), sorted.Outcome.ToArray(), new Clusters(TrialModel.ClusterName, offsets, c => labels[c]))
        {
            ResponseName = trial.Model.Outcome,
            Weights = trial.Counts.IsEmpty ? [] : Array.ConvertAll(sorted.Counts.ToArray(), count => (double)count),
            Waves = Array.ConvertAll(sorted.Waves.ToArray(), wave => Array.BinarySearch(distinct, wave)),
            WaveLabels = [.. distinct.Select(wave => FormattableString.Invariant($"{wave}"))],
            RowOrder = rows,
        };
    }

    /// <summary>The frame with one random intercept a cluster.</summary>
    public static ModelFrame WithIntercept(ModelFrame frame)
    {
        var ones = new double[frame.Rows];
        Array.Fill(ones, 1);
        var clusters = frame.Clusters;
        var term = new RandomTermDesign(
            clusters.Name, clusters.OfRows(), clusters.Count, clusters.Label, [DesignMatrix.InterceptName], ones, correlated: true);
        return frame.WithTerms(frame.Design, [term]);
    }

    /// <summary>The frame with its columns changed: X becomes XA.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="change">A, p×p by row, invertible.</param>
    public static ModelFrame Changed(ModelFrame frame, ReadOnlySpan<double> change)
    {
        var (n, p) = (frame.Rows, frame.Design.Columns);
        var values = new double[n * p];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                var weight = change[(k * p) + j];
                var column = frame.Design.Column(k);
                for (var row = 0; row < n; row++)
                {
                    values[(j * n) + row] += weight * column[row];
                }
            }
        }

        string[] names = [.. Enumerable.Range(1, p).Select(j => FormattableString.Invariant($"z{j}"))];
        return frame.WithTerms(new DesignMatrix(n, names, values, names), frame.RandomTerms);
    }

    private static DesignMatrix Design(TrialData trial)
    {
        var n = trial.Rows;
        string[] names = [DesignMatrix.InterceptName, .. trial.Columns.Select(column => column.Name)];
        var values = new double[n * names.Length];
        values.AsSpan(0, n).Fill(1);
        for (var j = 0; j < trial.Columns.Count; j++)
        {
            trial.Columns[j].Values.CopyTo(values.AsSpan((j + 1) * n));
        }

        return new DesignMatrix(n, names, values, names);
    }
}
