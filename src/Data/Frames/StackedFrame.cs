using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Frames of one model below each other, as if each were of other clusters: their log-likelihoods add up.</summary>
public static class StackedFrame
{
    /// <summary>
    /// Copies what fitters read of several frames, one after the other, without the recipe; every frame has groups of its own.
    /// </summary>
    /// <param name="frames">Frames with the same columns, random terms and categories, one or more.</param>
    /// <exception cref="ArgumentException">They differ in their columns or random terms.</exception>
    public static ModelFrame Of(IReadOnlyList<ModelFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var first = frames[0];
        if (frames.Any(frame => !frame.Design.Names.SequenceEqual(first.Design.Names, StringComparer.Ordinal)
            || frame.RandomTerms.Count != first.RandomTerms.Count))
        {
            throw new ArgumentException("Frames that are stacked have the same columns and random terms.", nameof(frames));
        }

        int[] rows = [.. frames.Select(frame => frame.Rows)];
        return new ModelFrame(
            Design([.. frames.Select(frame => frame.Design)]),
            [.. frames.SelectMany(frame => frame.Response.ToArray())],
            Partition([.. frames.Select(frame => frame.Clusters)], rows))
        {
            ResponseName = first.ResponseName,
            Inflation = first.Inflation is null ? null : Design([.. frames.Select(frame => frame.Inflation!)]),
            Categories = first.Categories,
            Weights = Joined(frame => frame.Weights.ToArray(), 1.0),
            Trials = Joined(frame => frame.Trials.ToArray(), 1.0),
            Offset = Joined(frame => frame.Offset.ToArray(), 0.0),
            Waves = [.. frames.SelectMany(frame => frame.Waves.ToArray())],
            WaveValues = [.. frames.SelectMany(frame => frame.WaveValues.ToArray())],
            WaveLabels = first.WaveLabels,
            RandomTerms = [.. first.RandomTerms.Select((_, t) => Term([.. frames.Select(frame => frame.RandomTerms[t])]))],
            AuxiliaryColumns =
            [
                .. first.AuxiliaryColumns.Select(column => Column([.. frames.Select(frame => frame.Auxiliary(column.Name))])),
            ],
        };

        double[] Joined(Func<ModelFrame, double[]> of, double missing) => frames.All(frame => of(frame).Length == 0) ? [] :
            [.. frames.SelectMany(frame => of(frame) is { Length: > 0 } own ? own : [.. Enumerable.Repeat(missing, frame.Rows)])];
    }

    private static DesignMatrix Design(IReadOnlyList<DesignMatrix> designs)
    {
        var first = designs[0];
        return new DesignMatrix(
            designs.Sum(design => design.Rows),
            first.Names,
            [.. Enumerable.Range(0, first.Columns).SelectMany(j => designs.SelectMany(design => design.Column(j).ToArray()))],
            first.Terms);
    }

    private static Clusters Partition(IReadOnlyList<Clusters> parts, int[] rows)
    {
        var offsets = new List<int> { 0 };
        var (labels, start) = (new List<(int Part, int Cluster)>(), 0);
        for (var part = 0; part < parts.Count; part++)
        {
            for (var c = 0; c < parts[part].Count; c++)
            {
                offsets.Add(start + parts[part].Offsets[c + 1]);
                labels.Add((part, c));
            }

            start += rows[part];
        }

        return new Clusters(
            parts[0].Name,
            [.. offsets],
            index => FormattableString.Invariant($"{labels[index].Part + 1}:{parts[labels[index].Part].Label(labels[index].Cluster)}"));
    }

    private static RandomTermDesign Term(IReadOnlyList<RandomTermDesign> terms)
    {
        var first = terms[0];
        var starts = new int[terms.Count + 1];
        for (var part = 0; part < terms.Count; part++)
        {
            starts[part + 1] = starts[part] + terms[part].GroupCount;
        }

        return new RandomTermDesign(
            first.Group,
            [.. terms.SelectMany((term, part) => Array.ConvertAll(term.Groups.ToArray(), group => starts[part] + group))],
            starts[^1],
            group =>
            {
                var part = Array.FindLastIndex(starts, start => start <= group);
                return FormattableString.Invariant($"{part + 1}:{terms[part].Label(group - starts[part])}");
            },
            first.Names,
            [.. Enumerable.Range(0, first.Dimension).SelectMany(j => terms.SelectMany(term => term.Column(j).ToArray()))],
            first.Correlated);
    }

    private static Column Column(IReadOnlyList<Column> columns)
    {
        if (columns.All(column => column is NumericColumn))
        {
            return new NumericColumn(columns[0].Name, [.. columns.SelectMany(column => ((NumericColumn)column).Values.ToArray())]);
        }

        string[] levels = [.. columns.SelectMany(column => ((FactorColumn)column).Levels).Distinct(StringComparer.Ordinal)];
        return new FactorColumn(
            columns[0].Name,
            [
                .. columns.Cast<FactorColumn>().SelectMany(column => Array.ConvertAll(
                    column.Codes.ToArray(), code => code < 0 ? -1 : Array.IndexOf(levels, column.Levels[code]))),
            ],
            levels);
    }
}
