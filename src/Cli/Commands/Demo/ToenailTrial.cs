using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>The trial that the program carries with it: 294 patients with a toenail infection (De Backer et al. 1998).</summary>
internal static class ToenailTrial
{
    /// <summary>The model of both fits; GEE leaves the random intercept out.</summary>
    public const string Formula = "y ~ treatment * time + (1 | patientID)";

    /// <summary>The data file as text: the same bytes as <c>examples/toenail/toenail.csv</c>.</summary>
    public static byte[] Content()
    {
        using var stream = typeof(ToenailTrial).Assembly.GetManifestResourceStream("toenail.csv")
            ?? throw new InvalidOperationException("The program was built without its trial.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The frame that both models are fitted to.</summary>
    public static ModelFrame Frame()
    {
        var data = DatasetReader.Read("toenail.csv", Content());
        return ModelFrameBuilder.Build(
            data,
            new FrameRequest { Formula = FormulaParser.Parse(Formula), Cluster = "patientID", Wave = "visit" });
    }
}
