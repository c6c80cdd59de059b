using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The rows of a cumulative model, block by block, with scaled columns. Immutable.</summary>
internal sealed class OrdinalRows
{
    /// <summary>Sorts a frame's rows into blocks and scales their columns.</summary>
    public OrdinalRows(ModelFrame frame, OrdinalLayout layout, OrdinalScaling scaling, IReadOnlyList<RandomLevel> levels)
    {
        Layout = layout;
        Levels = levels;
        Blocks = new OrdinalBlocks(levels, frame.Rows);
        EffectsOfRow = levels.Sum(level => level.Factor.Dimension);
        Codes = new int[frame.Rows];
        Weights = new double[frame.Rows];
        Offsets = new double[frame.Rows];
        Shared = new double[frame.Rows * layout.Shared.Length];
        Nominal = new double[frame.Rows * layout.Nominal.Length];
        Effects = new double[frame.Rows * EffectsOfRow];
        EffectPlaces = new int[frame.Rows * levels.Count];
        Fill(frame, scaling);
        Chunks = new ClusterChunks(Blocks.RowOffsets);
        ClusterOf = ClusterOfBlock(frame);
        Clusters = ClusterOf.Length == 0 ? 0 : frame.Clusters.Count;
        for (var block = 0; block < Blocks.Count; block++)
        {
            CancellationScope.Check();
            MaximumRows = Math.Max(MaximumRows, Blocks.RowStart(block + 1) - Blocks.RowStart(block));
            MaximumEffects = Math.Max(MaximumEffects, Blocks.EffectStart(block + 1) - Blocks.EffectStart(block));
        }
    }

    /// <summary>Where the fixed parameters stand.</summary>
    public OrdinalLayout Layout { get; }

    /// <summary>The groupings, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>The blocks, in whose order the rows are.</summary>
    public OrdinalBlocks Blocks { get; }

    /// <summary>The blocks in chunks for threads.</summary>
    public ClusterChunks Chunks { get; }

    /// <summary>The number of effects a row has, over all levels.</summary>
    public int EffectsOfRow { get; }

    /// <summary>The most rows of a block.</summary>
    public int MaximumRows { get; }

    /// <summary>The most effects of a block.</summary>
    public int MaximumEffects { get; }

    /// <summary>The categories, from 0.</summary>
    public int[] Codes { get; }

    /// <summary>Prior weights.</summary>
    public double[] Weights { get; }

    /// <summary>Offsets.</summary>
    public double[] Offsets { get; }

    /// <summary>Scaled columns with one coefficient, by row.</summary>
    public double[] Shared { get; }

    /// <summary>Scaled columns with a coefficient a threshold, by row.</summary>
    public double[] Nominal { get; }

    /// <summary>Scaled columns of the random effects, all levels side by side, by row.</summary>
    public double[] Effects { get; }

    /// <summary>For each row and level the place of its group's first effect in the block.</summary>
    public int[] EffectPlaces { get; }

    /// <summary>The number of the frame's clusters, 0 when a block reaches across them.</summary>
    public int Clusters { get; }

    /// <summary>The frame's cluster of each block; empty when one reaches across them.</summary>
    public int[] ClusterOf { get; }

    private void Fill(ModelFrame frame, OrdinalScaling scaling)
    {
        var shared = Layout.Shared;
        var nominal = Layout.Nominal;
        double[][] designs = [.. Levels.Select(level => level.RowMajorDesign())];
        for (var i = 0; i < Codes.Length; i++)
        {
            var row = Blocks.RowOrder[i];
            Codes[i] = (int)frame.Response[row];
            Weights[i] = frame.Weights.IsEmpty ? 1 : frame.Weights[row];
            Offsets[i] = frame.Offset.IsEmpty ? 0 : frame.Offset[row];
            for (var j = 0; j < shared.Length; j++)
            {
                Shared[(i * shared.Length) + j] = scaling.Apply(shared[j], frame.Design.Column(shared[j])[row]);
            }

            for (var c = 0; c < nominal.Length; c++)
            {
                Nominal[(i * nominal.Length) + c] = scaling.Apply(nominal[c], frame.Design.Column(nominal[c])[row]);
            }

            var first = i * EffectsOfRow;
            for (var l = 0; l < Levels.Count; l++)
            {
                var q = Levels[l].Factor.Dimension;
                designs[l].AsSpan(row * q, q).CopyTo(Effects.AsSpan(first));
                EffectPlaces[(i * Levels.Count) + l] = Blocks.PlaceInBlock(l, Levels[l].Groups[row]);
                first += q;
            }
        }
    }

    private int[] ClusterOfBlock(ModelFrame frame)
    {
        var clusterOfRow = new int[frame.Rows];
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            CancellationScope.Check();
            clusterOfRow.AsSpan(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).Fill(cluster);
        }

        var clusters = new int[Blocks.Count];
        for (var block = 0; block < clusters.Length; block++)
        {
            CancellationScope.Check();
            clusters[block] = clusterOfRow[Blocks.RowOrder[Blocks.RowStart(block)]];
            for (var i = Blocks.RowStart(block); i < Blocks.RowStart(block + 1); i++)
            {
                if (clusterOfRow[Blocks.RowOrder[i]] != clusters[block])
                {
                    return [];
                }
            }
        }

        return clusters;
    }
}
