using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.Random;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>
/// A random small tree of nested groups, every group a node with as many copies as
/// equal siblings, and the same tree with each copy drawn out in one dense matrix.
/// </summary>
internal sealed class RandomPath
{
    private readonly List<int[]> copiesOfEffects = [];

    /// <summary>Grows a tree.</summary>
    /// <param name="seed">The stream.</param>
    /// <param name="dimensions">The effects of a node of each level, coarsest first.</param>
    /// <param name="copies">Whether some nodes stand for several equal groups.</param>
    public RandomPath(int seed, int[] dimensions, bool copies)
    {
        var stream = new RandomStream((ulong)seed, 7, 0);
        var depth = dimensions.Length;
        Path = new EffectPath(dimensions, [.. Enumerable.Range(0, depth).Select(l => (int)Math.Pow(3, l))]);
        Path.Add(0, 0, 1, depth == 1 ? 4 : 0);
        for (var l = 1; l < depth; l++)
        {
            for (var parent = 0; parent < Path.Count(l - 1); parent++)
            {
                var children = 1 + (int)(3 * stream.NextUniform());
                for (var child = 0; child < children; child++)
                {
                    var equal = copies ? 1 + (int)(3 * stream.NextUniform()) : 1;
                    Path.Add(l, parent, equal * Path.Copies(l - 1, parent), l == depth - 1 ? (int)(4 * stream.NextUniform()) : 0);
                }
            }
        }

        Directions = [.. Enumerable.Range(0, Path.Rows * Path.Width).Select(_ => stream.NextNormal())];
        Second = new double[Path.Rows];
        Sides = [.. Enumerable.Range(0, Path.Size).Select(_ => stream.NextNormal())];
        for (var leaf = 0; leaf < Path.Count(depth - 1); leaf++)
        {
            for (var i = Path.RowStart(leaf); i < Path.RowStart(leaf + 1); i++)
            {
                Second[i] = -Path.Copies(depth - 1, leaf) * (0.1 + stream.NextUniform());
            }
        }

        // Every copy of a node is a group of its own in the dense matrix.
        Curvature = Matrix<double>.Build.DenseIdentity(Draw());
        for (var leaf = 0; leaf < Path.Count(depth - 1); leaf++)
        {
            for (var copy = 0; copy < (int)Path.Copies(depth - 1, leaf); copy++)
            {
                var place = Place(depth - 1, leaf, copy);
                for (var i = Path.RowStart(leaf); i < Path.RowStart(leaf + 1); i++)
                {
                    AddRow(place, -Second[i] / Path.Copies(depth - 1, leaf), Directions.AsSpan(i * Path.Width, Path.Width));
                }
            }
        }
    }

    /// <summary>The tree.</summary>
    public EffectPath Path { get; }

    /// <summary>d of every row.</summary>
    public double[] Directions { get; }

    /// <summary>ℓ″ of every row.</summary>
    public double[] Second { get; }

    /// <summary>A right-hand side.</summary>
    public double[] Sides { get; }

    /// <summary>H of all groups, each copy for itself.</summary>
    public Matrix<double> Curvature { get; }

    /// <summary>Where the effects on the path of one copy of a node stand in the dense matrix.</summary>
    public int[] Place(int level, int node, int copy)
    {
        var place = new int[Path.PathStart(level + 1)];
        for (var l = level; l >= 0; l--)
        {
            for (var a = 0; a < Path.Dimension(l); a++)
            {
                place[Path.PathStart(l) + a] = copiesOfEffects[Path.Slot(l, node) + a][copy];
            }

            var above = Path.Parent(l, node);
            copy = l > 0 ? copy / (int)(Path.Copies(l, node) / Path.Copies(l - 1, above)) : 0;
            node = above;
        }

        return place;
    }

    /// <summary>From a vector of the tree's effects to one with every copy; a right-hand side is shared between them.</summary>
    public Vector<double> Spread(ReadOnlySpan<double> effects, bool share)
    {
        var spread = Vector<double>.Build.Dense(Curvature.RowCount);
        for (var k = 0; k < effects.Length; k++)
        {
            foreach (var at in copiesOfEffects[k])
            {
                spread[at] = effects[k] / (share ? copiesOfEffects[k].Length : 1);
            }
        }

        return spread;
    }

    private int Draw()
    {
        var order = 0;
        for (var l = 0; l < Path.Depth; l++)
        {
            for (var k = Path.Slot(l, 0); k < Path.Slot(l, Path.Count(l)); k++)
            {
                var node = (k - Path.Slot(l, 0)) / Path.Dimension(l);
                copiesOfEffects.Add([.. Enumerable.Range(order, (int)Path.Copies(l, node))]);
                order += (int)Path.Copies(l, node);
            }
        }

        return order;
    }

    private void AddRow(int[] place, double weight, ReadOnlySpan<double> direction)
    {
        for (var a = 0; a < place.Length; a++)
        {
            for (var b = 0; b < place.Length; b++)
            {
                Curvature[place[a], place[b]] += weight * direction[a] * direction[b];
            }
        }
    }
}
