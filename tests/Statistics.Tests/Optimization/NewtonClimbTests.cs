using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Statistics.Tests.Optimization;

public sealed class NewtonClimbTests
{
    [Fact]
    public void A_quadratic_is_climbed_in_one_step()
    {
        var climb = new NewtonClimb(new Quadratic(), Rules());
        var convergence = climb.Climb([0.5, -0.7]);

        Assert.True(convergence.Converged);
        Assert.Equal(1, convergence.Iterations);
        Assert.Equal(1, climb.Parameters[0], 1e-12);
        Assert.Equal(2, climb.Parameters[1], 1e-12);
        Assert.Equal(3, climb.Value, 1e-12);
    }

    [Fact]
    public void Where_plain_Newton_steps_go_up_the_climb_takes_them()
    {
        // ℓ = −log cosh x: the iterates of x − ℓ′/ℓ″, written out.
        var x = 0.9;
        for (var iteration = 0; iteration < 3; iteration++)
        {
            x -= Math.Tanh(x) * Math.Cosh(x) * Math.Cosh(x);
        }

        var climb = new NewtonClimb(new LogCosh(), Rules() with { MaximumIterations = 3, Distance = 1e-300 });
        climb.Climb([0.9]);

        Assert.Equal(x, climb.Parameters[0], 1e-15);
    }

    [Fact]
    public void Steps_that_go_down_are_halved()
    {
        // From |x| = 1.09 on plain Newton steps on −log cosh x run away.
        var climb = new NewtonClimb(new LogCosh(), Rules());

        Assert.True(climb.Climb([2.5]).Converged);
        Assert.Equal(0, climb.Parameters[0], 1e-6);
    }

    [Fact]
    public void A_negative_curvature_at_the_start_is_raised()
    {
        // −(x² − 1)² has its information 12x² − 4 < 0 at 0.1.
        var climb = new NewtonClimb(new TwoHills(), Rules());

        Assert.True(climb.Climb([0.1]).Converged);
        Assert.Equal(1, climb.Parameters[0], 1e-6);
        Assert.Equal(8, climb.Information[0], 1e-4);
    }

    [Fact]
    public void No_step_is_longer_than_allowed()
    {
        var seen = new List<double>();
        var climb = new NewtonClimb(new Quadratic { Seen = seen }, Rules() with { LongestStep = 0.25, MaximumIterations = 1 });
        climb.Climb([0, 0]);

        Assert.Equal(2, seen.Count);
        Assert.Equal(0.125, seen[1], 1e-15);
        Assert.Equal(0.25, climb.Parameters[1], 1e-15);
    }

    [Fact]
    public void The_end_is_told()
    {
        Assert.Equal(ConvergenceStatus.NotFinite, new NewtonClimb(new LogCosh(), Rules()).Climb([double.NaN]).Status);
        Assert.Equal(ConvergenceStatus.IterationLimit, new NewtonClimb(new LogCosh(), Rules() with { MaximumIterations = 1 }).Climb([2.5]).Status);
        Assert.Equal(ConvergenceStatus.StepFailure, new NewtonClimb(new WrongGradient(), Rules()).Climb([2.5]).Status);
    }

    private static ClimbRules Rules() => new() { Distance = 1e-8, MaximumIterations = 50, LongestStep = 1e6, Rise = 1e-4 };

    /// <summary>3 − (x − 1)² − (y − 2)² + (x − 1)(y − 2).</summary>
    private sealed class Quadratic : ILogLikelihood
    {
        public List<double> Seen { get; init; } = [];

        public int Parameters => 2;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            var (x, y) = (parameters[0] - 1, parameters[1] - 2);
            Seen.Add(parameters[0]);
            gradient[0] = y - (2 * x);
            gradient[1] = x - (2 * y);
            return 3 - (x * x) - (y * y) + (x * y);
        }

        public void FillInformation(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> information) =>
            ((ReadOnlySpan<double>)[2, -1, -1, 2]).CopyTo(information);
    }

    private sealed class LogCosh : ILogLikelihood
    {
        public int Parameters => 1;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            gradient[0] = -Math.Tanh(parameters[0]);
            return -Math.Log(Math.Cosh(parameters[0]));
        }

        public void FillInformation(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> information) =>
            information[0] = 1 / (Math.Cosh(parameters[0]) * Math.Cosh(parameters[0]));
    }

    private sealed class TwoHills : ILogLikelihood
    {
        public int Parameters => 1;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            var x = parameters[0];
            gradient[0] = -4 * x * ((x * x) - 1);
            return -((x * x) - 1) * ((x * x) - 1);
        }

        public void FillInformation(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> information) =>
            information[0] = (12 * parameters[0] * parameters[0]) - 4;
    }

    /// <summary>Its gradient points down.</summary>
    private sealed class WrongGradient : ILogLikelihood
    {
        public int Parameters => 1;

        public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
        {
            gradient[0] = parameters[0];
            return -parameters[0] * parameters[0];
        }

        public void FillInformation(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> information) => information[0] = 1;
    }
}
