using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Demo;

public sealed class DemoApproval
{
    [Fact]
    public void The_demonstration_reads_as_approved()
    {
        var result = Margcond.Run("demo", "--replicates", "20");
        Assert.Equal(0, result.ExitCode);
        Approved.Match("demo", result.Transcript);
    }

    [Fact]
    public void The_demonstration_does_not_depend_on_the_number_of_threads() =>
        Assert.Equal(Margcond.Run("demo", "--replicates", "20").Out, Margcond.Run("demo", "--replicates", "20", "--threads", "1").Out);

    [Fact]
    public void The_built_in_trial_is_the_example_file() =>
        Assert.Equal(File.ReadAllText(Repository.File("examples", "toenail", "toenail.csv")), Margcond.Run("demo", "--data").Out);
}
