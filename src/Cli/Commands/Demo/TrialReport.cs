using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>The end of the demonstration: the whole comparison as a page, and the page with sliders.</summary>
internal static class TrialReport
{
    /// <summary>Writes the report and names it.</summary>
    /// <param name="context">Where to name it.</param>
    /// <param name="comparison">The trial's comparison.</param>
    /// <param name="asked">Where to write it; null for a new folder among the temporary files.</param>
    public static void Write(CommandContext context, ModelComparison comparison, string? asked)
    {
        var path = asked ?? Path.Combine(Directory.CreateTempSubdirectory("margcond-demo-").FullName, "report.html");
        var arguments = new FitArguments
        {
            Data = new DataArguments { Path = "toenail.csv", Reading = new DatasetReaderOptions(), Content = ToenailTrial.Content() },
            Request = new FrameRequest { Formula = FormulaParser.Parse(ToenailTrial.Formula) },
            Family = Family.Binomial,
            Link = Family.Binomial.DefaultLink,
        };
        var view = new CompareView(EventIsHarm: true, ShowsEstimands: false, new ArmAnswers([], [], []));
        ReportFile.Write(
            context,
            path,
            ComparePictures.Of(comparison, arguments, view, context),
            () => context.Paper(() => new CompareCommandTable(comparison, arguments, view, context).Write()),
            comparison.Notes,
            comparison.Warnings);
        var console = context.Console;
        console.WriteLine();
        TrialView.Heading(console, "4. The whole comparison, to look at");
        console.WriteLine("  " + path);
        console.WriteLine();
        TrialView.Paragraph(
            console,
            "A report with the ladder of questions, why their answers differ, pictures, checks, and text for the protocol: open it in any "
                + "browser. For a page with sliders that moves the numbers as you change what causes them:");
        console.WriteLine();
        console.Write(new Text(
            """
              margcond explore                             any trial
              margcond explore toenail.csv "y ~ treatment * time" \
                  --cluster patientID --treatment treatment    beginning with this one

            """.ReplaceLineEndings("\n")));
    }
}
