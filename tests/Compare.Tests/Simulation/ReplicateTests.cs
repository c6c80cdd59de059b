using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class ReplicateTests
{
    private static readonly Study Study = Studies.Read(Studies.Small) with { Replicates = 6 };

    [Fact]
    public void A_method_knows_its_replicate_and_scenario()
    {
        var seen = new Listener("a");
        SimulationRunner.Run(Study with { Methods = [seen] }, new SimulationOptions { Threads = 1 });
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, 6)), seen.Heard.Select(heard => heard.Number));
        Assert.Equal(["0.5", "1", "0.5", "1"], seen.Heard.Where(heard => heard.Number == 0).Select(heard => heard.Sigma));
    }

    [Fact]
    public void Random_numbers_of_a_method_are_its_own()
    {
        // Another method beside it, or none, or another number of threads changes no number; each method, scenario and replicate differs.
        var (alone, first, second) = (new Listener("a"), new Listener("a"), new Listener("b"));
        SimulationRunner.Run(Study with { Methods = [alone] }, new SimulationOptions { Threads = 1 });
        SimulationRunner.Run(Study with { Methods = [second, first] }, new SimulationOptions { Threads = 3 });
        Assert.Equal(
            alone.Heard.Select(heard => heard.Draw).Order(), first.Heard.Select(heard => heard.Draw).Order());
        var all = alone.Heard.Concat(second.Heard).Select(heard => heard.Draw).ToArray();
        Assert.Equal(2 * 24, all.Distinct().Count());
        Assert.All(all, draw => Assert.InRange(draw, 0, 1));
    }

    private sealed class Listener(string name) : IEstimator
    {
        public List<(int Number, string Sigma, double Draw)> Heard { get; } = [];

        public string Name => name;

        public IEstimand Target => StudyTarget.Conditional;

        public EffectEstimate Estimate(Replicate replicate)
        {
            lock (Heard)
            {
                var sigma = replicate.Settings.First(pair => pair.Key == "sigma").Value;
                Heard.Add((replicate.Number, sigma, replicate.Stream.NextUniform()));
            }

            return EffectEstimate.Of(0, 1, null, converged: true, warned: false);
        }
    }
}
