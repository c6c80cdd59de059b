using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>A study file as text.</summary>
public sealed class StudyOutlineTests
{
    [Fact]
    public void Methods_have_their_kind_and_options_in_the_files_order()
    {
        var outline = StudyOutline.Parse("""
            replicates: {coverage-mcse: 0.005}
            seed: 7
            methods:
              - glm
              - gee: {name: a, se: [robust, model], correlation: {m-dependent: 1}}
              - glmm:
                  nodes: 5
            """);
        Assert.Equal(
            [("glm", ""), ("gee", "se robust, model; correlation (m-dependent 1)"), ("glmm", "nodes 5")], outline.Methods);
        Assert.Equal("coverage-mcse 0.005", outline.Text("replicates"));
        Assert.True(outline.IsStructured("replicates"));
        Assert.False(outline.IsStructured("seed"));
        Assert.Null(outline.Text("aims"));
    }
}
