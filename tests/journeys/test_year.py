"""The quality developer's year: from an empty installation to the beginning of next year."""

from io import BytesIO

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.journeys.beginnings import TODAY, YEAR, given_an_empty_installation, given_someone

GOAL = "Ingen ska vänta på stöd som är beslutat"
FOCUS = "Rätt insats i rätt tid"
RED, YELLOW, GREEN = "Sena besök i hemtjänsten", "Planer som inte är aktuella", "Blanketten är svår att hitta"
ACTION = "Nytt schema för kvällarna"
CONTROL = "Besöken görs inom en kvart från den tid som är lovad"
TEXTS = ("Vad är kvalitet?", "Syfte med kvalitetsarbetet", "Förbättringsområden")
AREA = "Trygghet och säkerhet"
LESSON = "Schemat håller inte på helgerna"
LAST_DAY = f"{YEAR}-12-31"


def test_a_year_from_empty_to_next_year(visitor, width):
    place = given_an_empty_installation().committees[0]
    she = visitor(given_someone("Kajsa Kvist", "quality_developer", place), width)
    secretary = visitor(given_someone("Nils Nord", "committee_secretary", place), width)

    when_she_sets_a_goal_and_breaks_it_down(she)
    when_she_begins_the_risk_analysis(she)
    when_she_answers_a_red_risk(she)
    when_she_looks_deeper_into_a_yellow_risk(she)
    when_she_accepts_a_green_risk(she)
    then_the_risks_stand_on_the_matrix(she)
    when_she_writes_and_proposes_the_plan(she)
    when_the_secretary_enters_the_decision_on_the_plan(secretary)
    then_the_plan_can_be_fetched_and_read(she)
    when_she_records_a_result(she)
    when_she_carries_out_the_action_and_sees_its_effect(she)
    when_she_follows_up_the_year(she)
    when_the_secretary_enters_that_the_follow_up_was_reported(secretary)
    then_next_year_begins_with_one_button(she)

    she.looks()
    secretary.looks()


def test_a_plan_is_adopted_without_script(visitor):
    place = given_an_empty_installation().committees[0]
    she = visitor(given_someone("Kajsa Kvist", "quality_developer", place), "phone", script=False)
    secretary = visitor(given_someone("Nils Nord", "committee_secretary", place), "phone", script=False)

    when_she_sets_a_goal_and_breaks_it_down(she)
    when_she_begins_the_risk_analysis(she)
    when_she_answers_a_red_risk(she)
    when_she_writes_and_proposes_the_plan(she)
    when_the_secretary_enters_the_decision_on_the_plan(secretary)

    secretary.looks()


def when_she_sets_a_goal_and_breaks_it_down(she):
    she.goes_to("Mål")
    she.follows("Sätt ett mål")
    she.fills({"Enhet": "Socialnämnden", "Målnivå": "Övergripande mål", "Mål": GOAL})
    she.presses("Sätt målet")
    she.follows("Bryt ner målet")
    she.fills({"Målnivå": "Fokusområde", "Mål": FOCUS})
    she.presses("Sätt målet")
    she.sees("Målet är satt.", GOAL)


def when_she_begins_the_risk_analysis(she):
    she.goes_to("Risker", "Riskanalyser")
    she.follows("Börja en riskanalys")
    she.fills({"Nämnd eller enhet": "Socialnämnden", "År": YEAR})
    she.presses("Börja tom")


def when_she_describes_a_risk(she, title, *, probability, severity):
    she.goes_to("Risker", "Riskanalyser")
    she.follows(f"Riskanalys {YEAR}")
    she.follows("Lägg till en risk")
    she.fills(
        {
            "Risk": title,
            "Brist": "Arbetssättet är olika på olika håll.",
            "Konsekvens": "Någon får vänta.",
            "Kvalitetsområde": AREA,
            "Mål eller fokusområde": FOCUS,
            "Lagrum": "SoL",
        }
    )
    she.presses("Lägg till risken")
    she.fills({"Sannolikhet": probability, "Allvarlighetsgrad": severity, "Motivering": "Det har hänt i år."})
    she.presses("Spara bedömningen")


def when_she_answers_a_red_risk(she):
    """Red leads straight to the action, which must have somebody responsible and a last day."""
    when_she_describes_a_risk(she, RED, probability="Möjlig", severity="Hög")
    she.sees_heading("Planera åtgärd nu")
    she.fills({"Rubrik": ACTION, "Vad ska göras": "Lägg två besök åt gången."})
    she.presses("Planera åtgärden")
    she.sees("Det här behöver rättas", "Risken är röd. Välj vem som ansvarar för åtgärden.")
    she.fills({"Ansvarig person": "Kajsa Kvist", "Klart senast": LAST_DAY})
    she.presses("Planera åtgärden")
    she.sees("Åtgärden är planerad.", "Kritisk risk")

    she.follows("Planera en egenkontroll")
    she.fills(
        {
            "Vad kontrolleras": CONTROL,
            "Metod": "Stickprov",
            "Hur ofta": "en gång/år",
            "Resultatet anges som": "Antal granskade",
            "Målet är": "minst",
            "Målvärde": "90",
            "Ansvarig person": "Kajsa Kvist",
        }
    )
    she.presses("Planera egenkontrollen")
    she.sees(CONTROL)


def when_she_looks_deeper_into_a_yellow_risk(she):
    when_she_describes_a_risk(she, YELLOW, probability="Mindre sannolik", severity="Betydlig")
    she.sees_heading("Analysera risken djupare")
    she.fills({"Fördjupad analys": "Planerna följs upp när någon minns det. Ingen ser vilka som är gamla."})
    she.presses("Spara analysen")
    she.sees("Analysen är sparad.", "Betydande risk")


def when_she_accepts_a_green_risk(she):
    when_she_describes_a_risk(she, GREEN, probability="Osannolik", severity="Måttlig")
    she.sees("Låg risk")
    she.follows("Acceptera risken")
    she.fills({"Varför kan risken accepteras?": "Personalen hjälper till.", "Accepteras till och med": LAST_DAY})
    she.presses("Acceptera risken")
    she.sees("Risken är accepterad i ditt namn.")


def then_the_risks_stand_on_the_matrix(she):
    she.goes_to("Risker", "Riskbild")
    she.sees("3 risker")
    she.follows("Öppna riskanalysen")
    she.presses("Markera riskanalysen som klar")
    she.sees("Riskanalysen är klar.")


def when_she_writes_and_proposes_the_plan(she):
    she.goes_to("Kvalitetsplan")
    she.follows("Börja en kvalitetsplan")
    she.presses("Börja utkastet")
    she.sees(RED, ACTION, CONTROL)
    she.does_not_see(GREEN)
    for title in (*TEXTS, AREA):
        she.follows(title)
        she.fills({"Text": f"Så tänker vi om **{title.lower()}**"})
        she.presses("Spara texten")
    she.presses("Skicka på remiss")
    she.presses("Föreslå för nämnden")
    she.sees("Planen är föreslagen för nämnden.")


def when_the_secretary_enters_the_decision_on_the_plan(secretary):
    secretary.goes_to("Mina uppgifter")
    secretary.follows(f"Kvalitetsplan {YEAR}")
    secretary.follows("Registrera nämndens beslut")
    secretary.fills({"Sammanträdesdag": f"{YEAR}-01-20", "Paragraf": "§ 7", "Diarienummer": "SN 7/45"})
    secretary.presses("Registrera beslutet")
    secretary.sees("Beslutet är infört.", f"antagen {YEAR}-01-20, § 7, dnr SN 7/45")


def then_the_plan_can_be_fetched_and_read(she):
    she.goes_to("Kvalitetsplan")
    she.follows(f"Kvalitetsplan {YEAR}")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(she.fetches("PDF"))).pages)
    written = Document(BytesIO(she.fetches("Word")))
    rows = load_workbook(BytesIO(she.fetches("Excel")))["Risker"].values
    assert [RED in said, YELLOW in said, GREEN in said] == [True, True, False]
    assert [row.cells[0].text for row in written.tables[-1].rows[3:]] == ["1.1", "1.2"]
    assert [row[4] for row in rows] == ["Risk", RED, YELLOW]


def when_she_records_a_result(she):
    she.goes_to("Mina uppgifter")
    she.follows(CONTROL)
    she.follows("Registrera resultatet")
    she.fills(
        {
            "Hur många granskades?": "40",
            "Hur många av dem uppfyller kravet?": "38",
            "Alla ärenden under perioden granskades": True,
            "Vad visade kontrollen": "Två besök var sena.",
        }
    )
    she.presses("Spara resultatet")
    she.sees("Resultatet är registrerat.", "95")


def when_she_carries_out_the_action_and_sees_its_effect(she):
    she.goes_to("Mina uppgifter")
    she.follows(ACTION)
    she.presses("Påbörja åtgärden")
    she.follows("Anmäl som genomförd")
    she.fills({"Resultat": "Schemat används i alla grupper."})
    she.presses("Anmäl som genomförd")
    she.sees("Nu återstår att bedöma om den fick effekt.")
    she.follows("Bedöm effekten")
    she.fills({"Fick åtgärden effekt?": "Ja", "Vad visar det": "38 av 40 besök i tid."})
    she.presses("Spara bedömningen")
    she.presses("Avsluta åtgärden")
    she.sees("Åtgärden är avslutad.")


def when_she_follows_up_the_year(she):
    """The follow-up says what it waits for, and is not to be handed over before."""
    she.goes_to("Uppföljning")
    she.follows("Börja en uppföljning")
    she.fills({"Kvalitetsplan": f"Kvalitetsplan {YEAR}", "Period": "Helår"})
    she.presses("Börja")
    she.sees("Skriv sammanfattningen.", f"Skriv text om: {AREA}.", "Bedöm på nytt: risk 1.1, 1.2.")
    when_she_assesses_anew(she, RED, probability="Mindre sannolik", severity="Betydlig")
    when_she_assesses_anew(she, YELLOW, probability="Mindre sannolik", severity="Måttlig")
    when_she_opens_the_follow_up(she)
    for title in ("Sammanfattning", AREA):
        she.follows(title)
        she.fills({"Text": "Kvällarna fungerar. Helgerna återstår."})
        she.presses("Spara texten")
    she.follows("Skriv en lärdom")
    she.fills({"Kvalitetsområde": AREA, "Vad lärde vi oss": LESSON, "Ta in som risk i nästa års riskanalys": True})
    she.presses("Spara lärdomen")
    she.presses("Lämna till nämnden")
    she.sees("Uppföljningen är lämnad till nämnden.")


def when_she_assesses_anew(she, title, *, probability, severity):
    she.goes_to("Risker")
    she.follows(title)
    she.follows("Bedöm risken")
    she.fills({"Vad gäller bedömningen?": "Uppföljning", "Sannolikhet": probability, "Allvarlighetsgrad": severity})
    she.presses("Spara bedömningen")


def when_she_opens_the_follow_up(she):
    she.goes_to("Uppföljning")
    she.follows("Helår")


def when_the_secretary_enters_that_the_follow_up_was_reported(secretary):
    secretary.goes_to("Mina uppgifter")
    secretary.follows(f"Uppföljning Helår {YEAR}")
    secretary.follows("Registrera nämndens beslut")
    secretary.fills({"Sammanträdesdag": TODAY, "Paragraf": "§ 90", "Diarienummer": "SN 7/46"})
    secretary.presses("Registrera nämndens beslut")
    secretary.sees("Redovisningen är införd.", "Redovisad i nämnden")


def then_next_year_begins_with_one_button(she):
    when_she_opens_the_follow_up(she)
    she.presses("Börja nästa års riskanalys")
    she.sees_heading(f"Riskanalys {YEAR + 1}, Socialnämnden")
    she.sees("4 risker")
    she.follows("Visa riskerna")
    she.sees(RED, YELLOW, GREEN, LESSON)
