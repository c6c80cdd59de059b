using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>The parts of a quadrature in lanes, each at hand, on random clusters in two blocks, the second with an empty lane.</summary>
internal sealed class LaneCrew
{
    private readonly int nodes;
    private readonly IScalarLaw law;

    public LaneCrew(IScalarLaw law, int effects, int nodes, int mostRows, bool adaptive = true, bool correlated = true)
    {
        this.law = law;
        this.nodes = nodes;
        Data = SmallClusters.Make(100 + (10 * effects) + nodes, (2 * ClusterLanes.Lanes) - 1, effects, mostRows, law, correlated);
        Parameters = SmallClusters.Point(SmallClusters.Columns + Data.Factor.ParameterCount + (law.Density.HasFreeDispersion ? 1 : 0));
        var point = new ParameterPoint(Data.Columns, [Data.Factor]);
        point.Set(Parameters, law.Density.HasFreeDispersion, 1);
        Lanes = ClusterLanes.Of(Data, threads: 1);
        Grid = new QuadratureGrid(effects, nodes);
        Block = new LaneBlock(Data.Columns, effects, law.Density, point, 0, Data.MaximumRows);
        Modes = new LaneModes(Block);
        Placement = new NodePlacement(Block, Modes, adaptive);
        Tile = new NodeTile(Block, Placement, Grid);
        Sums = new NodeSums(Block);
        Gradient = new NodeGradient(Block, Modes, Placement, Sums, Data.Factor);
        Louis = new LouisInformation(Block, Placement, Data.Factor, Tile.Capacity);
        Integrator = new LaneIntegrator(Data.Columns, Data.Factor, law.Density, point, 0, Grid, adaptive, Data.MaximumRows);
    }

    public ClusterData Data { get; }

    public double[] Parameters { get; }

    public ClusterLanes Lanes { get; }

    public QuadratureGrid Grid { get; }

    public LaneBlock Block { get; }

    public LaneModes Modes { get; }

    public NodePlacement Placement { get; }

    public NodeTile Tile { get; }

    public NodeSums Sums { get; }

    public NodeGradient Gradient { get; }

    public LouisInformation Louis { get; }

    /// <summary>A conductor of its own, with other scratch.</summary>
    public LaneIntegrator Integrator { get; }

    /// <summary>The scalar twin of one cluster.</summary>
    public ScalarQuadrature Twin(int pattern) => new(Data, pattern, law, nodes, Placement.Adaptive);

    /// <summary>The scalar density of one row: its logarithm with all constants and the first two derivatives, times the weight.</summary>
    public (double Log, double First, double Second) Row(int row, double eta)
    {
        var (log, first, second) = law.At(eta, Data.Response[row], Block.Dispersion);
        return (Data.Weight[row] * log, Data.Weight[row] * first, Data.Weight[row] * second);
    }

    /// <summary>Loads every block, places its nodes, and goes through its lanes.</summary>
    /// <param name="prepare">Once a block.</param>
    /// <param name="check">For every lane that has a pattern.</param>
    public void ForEveryLane(Action prepare, Action<int, int> check)
    {
        for (var block = 0; block < Lanes.Blocks; block++)
        {
            Block.Load(Lanes, block);
            Integrator.Load(Lanes, block);
            Modes.Find(new Vector256<double>[Data.Dimension]);
            Placement.Place();
            prepare();
            for (var lane = 0; lane < Lanes.Patterns(block).Length; lane++)
            {
                check(lane, Lanes.Patterns(block)[lane]);
            }
        }
    }

    /// <summary>Adds all tiles, scaled by the largest term of the first, and leaves means.</summary>
    public void Sum(EvaluationNeeds needs)
    {
        Sums.Clear();
        Louis.Clear();
        var top = Vector256<double>.Zero;
        for (Tile.Rewind(); Tile.Next(needs);)
        {
            top = Tile.IsFirst ? Tile.Highest(Vector256.Create(double.NegativeInfinity)) : top;
            Tile.Weigh(top);
            Sums.Add(Tile, needs);
            if (needs >= EvaluationNeeds.Information)
            {
                Louis.Add(Tile);
            }
        }

        var scale = Vector256<double>.One / Sums.Total;
        Sums.Scale(scale);
        Louis.Scale(scale);
    }

    /// <summary>Asserts closeness relative to one plus the number expected.</summary>
    public static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{actual:R} is not {expected:R}");
}
