using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>
/// The rows of a model whose groupings cross, sorted by the finest grouping, and where the effects of each row stand. Immutable.
/// </summary>
/// <remarks>
/// The effects that one row meets stand side by side, level by level, coarsest first; those of the finest level come last and are
/// eliminated first, group by group. All others are columns of one dense rest.
/// </remarks>
internal sealed class CrossedDesign
{
    private readonly int[] columns;
    private readonly int[] termOf;
    private readonly int[] withinTerm;
    private readonly int[] entryRows;
    private readonly int[] entryColumns;

    private CrossedDesign(IReadOnlyList<RandomLevel> levels, CrossedLayout layout, ClusterData data)
    {
        Levels = levels;
        Layout = layout;
        Data = data;
        termOf = [.. layout.Rest.SelectMany((term, t) => Enumerable.Repeat(t, term.Dimension))];
        withinTerm = [.. layout.Rest.SelectMany(term => Enumerable.Range(0, term.Dimension))];
        columns = new int[layout.Rows * Rest];
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            var list = layout.Columns(g);
            for (var i = layout.Offsets[g]; i < layout.Offsets[g + 1]; i++)
            {
                for (var k = 0; k < Rest; k++)
                {
                    columns[(i * Rest) + k] = list[layout.Places(i)[termOf[k]] + withinTerm[k]];
                }
            }
        }

        var (rows, places, start) = (new List<int>(), new List<int>(), 0);
        foreach (var level in levels)
        {
            for (var e = 0; e < level.Factor.ParameterCount; e++)
            {
                rows.Add(start + level.Factor.Rows[e]);
                places.Add(start + level.Factor.Columns[e]);
            }

            start += level.Factor.Dimension;
        }

        (entryRows, entryColumns) = ([.. rows], [.. places]);
    }

    /// <summary>The groupings, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>The blocks of the effects' system.</summary>
    public CrossedLayout Layout { get; }

    /// <summary>The rows in the layout's order, none added up.</summary>
    public ClusterData Data { get; }

    /// <summary>q, the effects of a group of the finest grouping.</summary>
    public int Own => Layout.OwnDimension;

    /// <summary>The effects of the other groupings that a row meets.</summary>
    public int Rest => Layout.RestPerRow;

    /// <summary>All effects that a row meets: those of the others, then its own group's.</summary>
    public int Width => Rest + Own;

    /// <summary>For each free entry of the factors its row among the effects of a row of data.</summary>
    public ReadOnlySpan<int> EntryRows => entryRows;

    /// <summary>For each free entry of the factors its column among the effects of a row of data.</summary>
    public ReadOnlySpan<int> EntryColumns => entryColumns;

    /// <summary>Sorts a frame.</summary>
    public static CrossedDesign Create(
        ModelFrame frame,
        ColumnScaling scaling,
        IReadOnlyList<RandomLevel> levels,
        ConditionalDensity density,
        Family family)
    {
        RandomLevel[] coarser = [.. levels.Take(levels.Count - 1)];
        var layout = new CrossedLayout(levels[^1].Terms, [.. coarser.SelectMany(level => level.Terms)]);
        return new CrossedDesign(levels, layout, ClusterDataBuilder.Sort(frame, scaling, levels, density, family, layout));
    }

    /// <summary>The places among the rest of the effects that a row meets.</summary>
    public ReadOnlySpan<int> Columns(int row) => columns.AsSpan(row * Rest, Rest);

    /// <summary>The same places within the list of the row's group.</summary>
    public void FillPlaces(int row, Span<int> places)
    {
        var starts = Layout.Places(row);
        for (var k = 0; k < places.Length; k++)
        {
            places[k] = starts[termOf[k]] + withinTerm[k];
        }
    }

    /// <summary>The effects that a row meets, from those of all groups.</summary>
    public void Read(int row, int group, ReadOnlySpan<double> own, ReadOnlySpan<double> rest, Span<double> effects)
    {
        var at = Columns(row);
        for (var k = 0; k < at.Length; k++)
        {
            effects[k] = rest[at[k]];
        }

        own.Slice(group * Own, Own).CopyTo(effects[at.Length..]);
    }

    /// <summary>z of a row and an effect that it meets.</summary>
    public double Value(int row, int effect) => effect < Rest
        ? Data.CoarseDesign[(row * Rest) + effect]
        : Data.RandomDesign[(row * Own) + effect - Rest];
}
